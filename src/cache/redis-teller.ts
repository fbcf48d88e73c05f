import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { CONNECT_MS_MAX, openRedis } from '../redis.ts';
import type { Touched } from '../store/index.ts';
import { ALIVE_MS } from './redis-bus.ts';
import { channelOf } from './redis-scripts.ts';
import { createSpeaker } from './redis-speaker.ts';

/** Tells the instances of a forum what a command has touched. */
export interface Teller {
  /** Resolves when they can know. Where that fails it is tried again until the end. */
  tell(touched: Touched): Promise<void>;
  /** Answers whether they were told of everything that there was. */
  close(): Promise<boolean>;
}

/** It gives signs of life as instances do: if the command is killed, they miss it, and trust nothing that they keep. */
export function openRedisTeller(url: string): Teller {
  const client = openRedis(url, () => {});
  const speaker = createSpeaker(client, channelOf(url), randomUUID());
  const ready = new Promise<unknown>((resolve) => client.once('ready', resolve));
  const timer = setInterval(() => void speaker.live().catch(() => {}), ALIVE_MS);
  timer.unref();
  /** Waited for once: a long import should not wait at every document for a Redis that is away. */
  let waited: Promise<unknown> | null = null;
  const connected = () => {
    waited ??= Promise.race([ready, sleep(CONNECT_MS_MAX, null, { ref: false })]);
    return waited;
  };
  let hasTold = false;
  return {
    tell: async (touched) => {
      hasTold = true;
      await connected();
      await speaker.tell(touched);
    },
    close: async () => {
      clearInterval(timer);
      if (hasTold) await connected();
      const isTold = await speaker.leave().then(
        () => true,
        () => false,
      );
      if (client.isOpen) client.destroy();
      return isTold || !hasTold;
    },
  };
}
