import { setTimeout as sleep } from 'node:timers/promises';
import type { Touched } from '../../kit/db/index.ts';
import { ANSWER_MS_MAX, inTime, type Redis } from '../../kit/redis.ts';
import { type Message, SILENT_MS_MAX } from './heard.ts';

/** Redis keeps channels for all of its databases together, and counts by database. */
export function channelOf(url: string): string {
  return `parley:touched:${new URL(url).pathname.slice(1) || '0'}`;
}

const COUNT = 'parley:touches';

/**
 * Counts a touch and passes a message on, with the count and Redis' time. A count begins at the time in microseconds, so
 * that it is larger than that of a Redis which has lost it. What was held up on its way says nothing of its sender now.
 */
const SAY = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
if ARGV[2] == 'TOUCHED' then
  redis.call('SET', KEYS[1], time[1] .. string.format('%06d', time[2]), 'NX')
  redis.call('INCR', KEYS[1])
end
local at = 'null'
if ARGV[3] ~= '' and now - tonumber(ARGV[3]) < ${ANSWER_MS_MAX} then at = string.format('%.0f', now) end
local count = redis.call('GET', KEYS[1]) or '0'
redis.call('PUBLISH', ARGV[1], '{"count":' .. count .. ',"at":' .. at .. ',' .. ARGV[4])
return now`;

const ASK = `
local time = redis.call('TIME')
return { redis.call('GET', KEYS[1]) or '0', time[1] * 1000 + math.floor(time[2] / 1000) }`;

/** How many touches Redis has counted, and its time in milliseconds. */
export async function askCount(client: Redis): Promise<{ readonly count: number; readonly at: number }> {
  const [count, at] = (await inTime(client.eval(ASK, { keys: [COUNT] }))) as unknown as [string, number];
  return { count: Number(count), at };
}

export interface Speaker {
  /**
   * Tells what was touched. Resolves when the others can know. Where that fails it resolves once they have missed a sign
   * of life, and trust nothing that they keep; all is told as soon as it can be.
   */
  tell(touched: Touched): Promise<void>;
  /** Gives a sign of life. */
  live(): Promise<void>;
  /** Tells what could not be told before, if there is anything. Rejects where that fails. */
  catchUp(): Promise<void>;
  /** Catches up, and says that nothing more will come. Rejects where that fails. */
  leave(): Promise<void>;
}

/** `from`: null for one who does not stay. */
export function createSpeaker(client: Redis, channel: string, from: string | null): Speaker {
  /** How much could not be told when it happened. */
  let untold = 0;
  let redis: { readonly time: number; readonly at: number } | null = null;
  /** When the last message was sent that may be a sign of life: an answer to it may have been lost. */
  let signedAt = Number.NEGATIVE_INFINITY;

  /** When it is sent, by Redis' clock, and never after that: Redis' answer was on its way for a while. */
  const sentAt = (): string => {
    if (redis === null || from === null) return '';
    const now = performance.now();
    if (client.isReady) signedAt = now;
    return String(Math.floor(redis.time + now - redis.at));
  };
  const say = async (message: Pick<Message, 'kind' | 'touched'>, sent: string): Promise<void> => {
    const rest = JSON.stringify({ from, ...message }).slice(1);
    const keys = [COUNT];
    const time = await inTime(client.eval(SAY, { keys, arguments: [channel, message.kind, sent, rest] }));
    redis = { time: Number(time), at: performance.now() };
  };
  const catchUp = async (): Promise<void> => {
    while (untold > 0) {
      const upTo = untold;
      // no sign of life: more may have to be told before this is passed on
      await say({ kind: 'TOUCHED', touched: 'ALL' }, '');
      untold -= upTo;
    }
  };
  return {
    catchUp,
    tell: async (touched) => {
      const message = { kind: 'TOUCHED', touched: touched === 'ALL' ? touched : [...touched] } as const;
      // behind what is untold nothing is said: it would say that all is well
      const isTold = untold === 0 && (await succeeds(say(message, sentAt())));
      if (isTold) return;
      untold++;
      await passed(signedAt + ANSWER_MS_MAX + SILENT_MS_MAX);
    },
    live: async () => {
      await catchUp();
      if (untold === 0) await say({ kind: 'ALIVE' }, sentAt());
    },
    leave: async () => {
      await catchUp();
      if (untold === 0) await say({ kind: 'LEAVING' }, '');
    },
  };
}

function succeeds(promise: Promise<void>): Promise<boolean> {
  return promise.then(
    () => true,
    () => false,
  );
}

/** Resolves at a moment of this process' clock; at once where it is over. */
async function passed(moment: number): Promise<void> {
  const left = moment - performance.now();
  if (left > 0) await sleep(left);
}
