// How the instances of a forum hear what the others have touched: Redis' publish and subscribe, and a count of what was
// published. Publishing promises nothing, so each instance also says twice a second that it is there, and whoever misses
// that, or a number, takes no long-kept answer for good.
import { randomUUID } from 'node:crypto';
import { connectAgain, type OnRedisChange, openRedis } from '../redis.ts';
import type { Touched } from '../store/index.ts';
import { Heard, type Message, SILENT_MS_MAX } from './heard.ts';
import { ask, channelOf } from './redis-scripts.ts';
import { createSpeaker } from './redis-speaker.ts';
import type { TouchBus } from './response-cache.ts';

export const ALIVE_MS = 500;
/** By then every instance that can reach Redis again has said so: longer than it takes to try again and to connect. */
const SETTLE_MS = 5000;
/** A connection over which nothing has come for so long leads nowhere; TCP would find out in a quarter of an hour. */
const DEAD_MS = 3000;

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
  /** When something was heard last, be it oneself. */
  let heardAt = performance.now();

  const listen = (text: string) => {
    heardAt = performance.now();
    try {
      const message = JSON.parse(text) as Message;
      const at = message.at === null ? null : speaker.localTimeOf(message.at);
      if (heard.note(message, at === null ? null : Math.min(at, heardAt))) hear('ALL');
      const { from, touched } = message;
      if (from !== me && touched) hear(touched === 'ALL' ? touched : new Map(touched));
    } catch {
      // no message of ours, and what it stands for is missed
      heard.lose();
      hear('ALL');
    }
  };
  const lose = () => {
    heard.lose();
    settledAt = Number.POSITIVE_INFINITY;
  };
  listener.on('error', lose);
  listener.on('ready', () => {
    heard.lose();
    heardAt = performance.now();
    settledAt = heardAt + settleMs;
    // each time: where the first one was never answered, the client does not know that it is wanted. One that is refused
    // is tried again when nothing has come for long
    listener.subscribe(channel, listen).catch(() => {});
  });
  const timer = setInterval(() => {
    const now = performance.now();
    if (heard.forgetGone(now)) hear('ALL');
    if (listener.isReady && now - heardAt > DEAD_MS) connectAgain(listener);
    if (client.isReady && now - (speaker.waitingSince ?? now) > DEAD_MS) connectAgain(client);
    speaker.live().then(
      (instances) => instances && heard.know(instances),
      () => {}, // away: said at the next turn
    );
  }, ALIVE_MS);
  timer.unref();

  const isConnected = () => {
    const now = performance.now();
    return listener.isReady && client.isReady && now >= settledAt && heard.hasEverybody(now);
  };
  const askWhetherAll = async (): Promise<boolean> => {
    try {
      const { count, silentMs } = await ask(client);
      return isConnected() && silentMs < SILENT_MS_MAX && heard.hasAll(count);
    } catch {
      return false;
    }
  };
  let asking: Promise<boolean> | null = null;
  return {
    publish: speaker.tell,
    subscribe: (listening) => {
      hear = listening;
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
