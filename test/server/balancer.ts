import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A load balancer as plain as they come: in turn to each instance that said a moment ago that it is ready. */
export interface Balancer {
  readonly url: string;
  add(instance: string): void;
  /** Resolves when it has seen the instance in this state. */
  seen(instance: string, state: 'READY' | 'NOT_READY'): Promise<void>;
  close(): Promise<void>;
}

/** As often as balancers look at most; the drain of the instances is several times as long. */
const LOOK_MS = 50;

export async function startBalancer(): Promise<Balancer> {
  const ready = new Map<string, boolean>();
  const agent = new Agent({ keepAlive: true });
  let turn = 0;
  const server = createServer((incoming, outgoing) => {
    const instances = [...ready].filter(([, isReady]) => isReady).map(([instance]) => instance);
    const instance = instances[turn++ % instances.length] ?? '';
    const { method, headers, url } = incoming;
    const onward = request(`${instance}${url}`, { method, headers, agent }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502);
      answer.pipe(outgoing);
    });
    onward.on('error', (error) => outgoing.writeHead(502).end(String(error)));
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const look = async () => {
    for (const instance of ready.keys()) {
      const isReady = await fetch(`${instance}/health/ready`).then(
        ({ ok }) => ok,
        () => false,
      );
      ready.set(instance, isReady);
    }
  };
  let looking: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    looking = looking.then(look);
  }, LOOK_MS);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    add: (instance) => ready.set(instance, false),
    seen: async (instance, state) => {
      while (ready.get(instance) !== (state === 'READY'))
        await new Promise((resolve) => setTimeout(resolve, 10));
    },
    close: async () => {
      clearInterval(timer);
      await looking;
      agent.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
