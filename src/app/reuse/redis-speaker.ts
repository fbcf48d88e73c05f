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
   * of life, and trust nothing that they keep; everything is told as soon as it can be.
   */
  tell(touched: Touched): Promise<void>;
  /** Gives a sign of life. */
  live(): Promise<void>;
  /** Tells what could not be told before, if there is anything. Rejects where that fails. */
  catchUp(): Promise<void>;
  /** Says that nothing more will come. Rejects where it fails, or where something is still to be told. */
  leave(): Promise<void>;
}

/** `from`: null for one who does not stay. */
export function createSpeaker(client: Redis, channel: string, from: string | null): Speaker {
  /** What could not be said when it happened: then everything may have been touched. */
  let isBehind = false;
  let redis: { readonly time: number; readonly at: number } | null = null;
  let triedAt = 0;

  const say = async (kind: Message['kind'], marks?: Message['marks']): Promise<void> => {
    triedAt = performance.now();
    // never ahead of Redis' clock: its answer was on its way for a while
    const sentAt = redis === null ? '' : String(Math.floor(redis.time + triedAt - redis.at));
    const rest = JSON.stringify({ from, kind, ...(marks && { marks }) }).slice(1);
    const keys = [COUNT];
    const time = await inTime(client.eval(SAY, { keys, arguments: [channel, kind, sentAt, rest] }));
    redis = { time: Number(time), at: performance.now() };
  };
  const sayTouched = async (touched: Touched): Promise<void> => {
    const isAll = isBehind || touched === 'ALL';
    await say('TOUCHED', isAll ? 'ALL' : [...touched]);
    // whatever failed before was sent before: over one connection, or over one that broke and failed it
    if (isAll) isBehind = false;
  };
  const catchUp = async (): Promise<void> => {
    if (isBehind) await sayTouched('ALL');
  };
  return {
    catchUp,
    tell: async (touched) => {
      try {
        await sayTouched(touched);
      } catch {
        isBehind = true;
        // what was tried last may still be passed on, if not later than that
        if (redis !== null && from !== null) await passed(triedAt + ANSWER_MS_MAX + SILENT_MS_MAX);
      }
    },
    live: async () => {
      await catchUp();
      await say('ALIVE');
    },
    leave: async () => {
      await catchUp();
      await say('LEAVING');
    },
  };
}

function passed(moment: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, moment - performance.now())));
}
