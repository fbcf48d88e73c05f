import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clients } from './all-clients.ts';
import { FLOWS, type Flow } from './client.ts';
import { type Server, startServer } from './server.ts';

let server: Server;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

describe.each(clients)('$name', ({ flows }) => {
  const supported = (Object.keys(FLOWS) as Flow[]).filter((flow) => flows[flow] !== null);

  test.each(supported.map((flow) => [FLOWS[flow], flow] as const))('%s', async (_what, flow) => {
    await flows[flow]?.({ server, scene: await server.scene() });
    expect.hasAssertions();
  });
});
