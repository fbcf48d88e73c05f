// How the instances of a forum hear what the others have touched: Redis' publish and subscribe, and a count of what was
// published. Publishing promises nothing, so each instance also says twice a second that it is there, and whoever misses
// that, or a number, takes no long-kept answer for good.
import { randomUUID } from 'node:crypto';
import type { Touched } from '../../kit/db/index.ts';
import { type OnRedisChange, openRedis } from '../../kit/redis.ts';
import { Heard, type Message } from './heard.ts';
import { askCount, channelOf, createSpeaker } from './redis-speaker.ts';
import type { TouchBus } from './reuse.ts';

const ALIVE_MS = 500;
/** By then every instance that can reach Redis again has said so: longer than it takes to try again and to connect. */
const SETTLE_MS = 5000;

/** `settleMs`: for so long after every connection it may be that somebody has not spoken yet. */
export function openRedisBus(url: string, onChange: OnRedisChange, settleMs: number = SETTLE_MS): TouchBus {
  const me = randomUUID();
  const channel = channelOf(url);
  const client = openRedis(url, onChange);
  const speaker = createSpeaker(client, channel, me);
  const listener = openRedis(url, () => {}); // the other tells
  const heard = new Heard();
  let hear: (touched: Touched) => void = () => {};
  let settledAt = Number.POSITIVE_INFINITY;

  const timer = setInterval(() => {
    if (heard.forgetGone(performance.now())) hear('ALL');
    speaker.live().catch(() => {}); // away: said at the next turn
  }, ALIVE_MS);
  timer.unref();
  const lose = () => {
    heard.lose();
    settledAt = Number.POSITIVE_INFINITY;
  };
  listener.on('error', lose);
  listener.on('ready', () => {
    heard.lose();
    settledAt = performance.now() + settleMs;
  });
  void listener
    .subscribe(channel, (text) => {
      const message = JSON.parse(text) as Message;
      const isMissing = heard.note(message, performance.now());
      if (isMissing) hear('ALL');
      const { from, touched } = message;
      if (from !== me && touched) hear(touched === 'ALL' ? touched : new Map(touched));
    })
    .catch(() => {});

  const isConnected = () => {
    const now = performance.now();
    return listener.isReady && client.isReady && now >= settledAt && heard.hasEverybody(now);
  };
  const askWhetherAll = async (): Promise<boolean> => {
    try {
      const { count, at } = await askCount(client);
      return isConnected() && heard.hasAll(count, at);
    } catch {
      return false;
    }
  };
  let asking: Promise<boolean> | null = null;
  return {
    publish: speaker.tell,
    subscribe: (listen) => {
      hear = listen;
    },
    get isConnected() {
      return isConnected();
    },
    hasHeardAll: async () => {
      if (!isConnected()) return false;
      // whoever asks in the same turn asks together, before any of them is answered
      asking ??= new Promise((resolve) => {
        setImmediate(() => {
          asking = null;
          resolve(askWhetherAll());
        });
      });
      return asking;
    },
    close: async () => {
      clearInterval(timer);
      await speaker.leave().catch(() => {}); // silent from now on: nobody trusts what they miss
      for (const one of [client, listener]) if (one.isOpen) one.destroy();
    },
  };
}
