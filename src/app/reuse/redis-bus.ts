// How the instances of a forum hear what the others have touched: Redis' publish and subscribe. It promises nothing, so
// each also says twice a second that it is there, and whoever misses that takes no long-kept answer for good.
import { randomUUID } from 'node:crypto';
import type { Touched } from '../../kit/db/index.ts';
import { inTime, type OnRedisChange, openRedis } from '../../kit/redis.ts';
import type { TouchBus } from './reuse.ts';

const CHANNEL = 'parley:touched';
const ALIVE_MS = 500;
/** Within the second that an answer may be old on another instance. */
const SILENT_MS_MAX = 900;
/** An instance that has been silent for so long has been taken down without a word. */
const GONE_MS = 600_000;

type Message = { readonly from: string } & (
  | { readonly kind: 'TOUCHED'; readonly marks: readonly string[] | 'ALL' }
  | { readonly kind: 'ALIVE' | 'LEAVING' }
);

export function openRedisBus(url: string, onChange: OnRedisChange): TouchBus {
  const me = randomUUID();
  const speaker = openRedis(url, onChange);
  const listener = openRedis(url, () => {}); // the speaker tells
  const heardAt = new Map<string, number>();
  let hear: (touched: Touched) => void = () => {};
  /** What could not be said when it happened: then everything may have been touched. */
  let isBehind = false;

  const say = async (message: Message): Promise<void> => {
    await inTime(speaker.publish(CHANNEL, JSON.stringify(message)));
  };
  const sayAlive = async () => {
    try {
      if (isBehind) await say({ from: me, kind: 'TOUCHED', marks: 'ALL' });
      isBehind = false;
      await say({ from: me, kind: 'ALIVE' });
    } catch {
      // away: said at the next turn
    }
  };
  const timer = setInterval(sayAlive, ALIVE_MS);
  timer.unref();
  listener.on('ready', () => hear('ALL')); // something may have been said before
  void listener
    .subscribe(CHANNEL, (text) => {
      const message = JSON.parse(text) as Message;
      if (message.from === me) return;
      if (message.kind === 'LEAVING') heardAt.delete(message.from);
      else heardAt.set(message.from, performance.now());
      if (message.kind === 'TOUCHED') hear(message.marks === 'ALL' ? 'ALL' : new Set(message.marks));
    })
    .catch(() => {});

  return {
    publish: async (touched) => {
      const marks = touched === 'ALL' ? touched : [...touched];
      await say({ from: me, kind: 'TOUCHED', marks }).catch(() => {
        isBehind = true;
      });
    },
    subscribe: (listen) => {
      hear = listen;
    },
    get isConnected() {
      if (!listener.isReady || !speaker.isReady) return false;
      const now = performance.now();
      for (const [instance, at] of heardAt) {
        if (now - at > GONE_MS) {
          heardAt.delete(instance);
          hear('ALL'); // its last word may have been lost with it
        } else if (now - at > SILENT_MS_MAX) return false;
      }
      return true;
    },
    close: async () => {
      clearInterval(timer);
      await say({ from: me, kind: 'LEAVING' }).catch(() => {});
      for (const client of [speaker, listener]) if (client.isOpen) client.destroy();
    },
  };
}
