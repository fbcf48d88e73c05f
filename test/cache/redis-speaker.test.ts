import { expect, test } from 'vitest';
import { createSpeaker } from '../../src/cache/redis-speaker.ts';
import type { Redis } from '../../src/redis.ts';

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** A Redis whose answers take so long, and which refuses everything at times. */
function slowRedis(answerMs: number, refuses: (ms: number) => boolean) {
  const startedAt = performance.now();
  const said: { readonly touched: string; readonly at: number }[] = [];
  const client = {
    isReady: true,
    eval: async (_script: string, { arguments: args }: { readonly arguments: string[] }) => {
      const at = performance.now();
      await sleep(answerMs);
      if (refuses(at - startedAt)) throw new Error('Refused.');
      const { touched } = JSON.parse(`{${args[4]}`);
      if (touched !== undefined) said.push({ touched: JSON.stringify(touched), at });
      return [Date.now(), []];
    },
  };
  return { client: client as unknown as Redis, said };
}

test('what is touched while an instance catches up is told too, whichever way', async () => {
  const { client, said } = slowRedis(200, (ms) => ms % 2000 < 800);
  const speaker = createSpeaker(client, 'channel', 'one');
  const told: { readonly mark: string; readonly at: number }[] = [];
  const telling: Promise<unknown>[] = [];
  const every = (ms: number, work: () => Promise<unknown>) =>
    setInterval(() => telling.push(work().catch(() => {})), ms);
  const timers = [
    every(90, () => {
      const mark = `write ${told.length}`;
      told.push({ mark, at: performance.now() });
      return speaker.tell(new Map([[mark, []]]));
    }),
    every(500, () => speaker.live()),
    // at its end an instance catches up at once, whatever it is about
    every(310, () => speaker.leave()),
  ];
  await sleep(5000);
  for (const timer of timers) clearInterval(timer);
  await Promise.all(telling);
  await speaker.leave();
  const isTold = ({ mark, at }: (typeof told)[number]) =>
    said.some((one) => one.touched.includes(`"${mark}"`) || (one.touched === '"ALL"' && one.at >= at));
  expect(told.filter((one) => !isTold(one))).toEqual([]);
  expect(said.some(({ touched }) => touched !== '"ALL"')).toBe(true);
});
