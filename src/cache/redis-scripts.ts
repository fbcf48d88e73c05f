// What Redis does in one go. Both scripts write, so that a Redis which is no primary, or no longer, refuses them.
import { ANSWER_MS_MAX, inTime, type Redis } from '../redis.ts';
import { GONE_MS, type Message, SILENT_MS_MAX } from './heard.ts';

/** Redis keeps channels for all of its databases together, and keys by database. */
export function channelOf(url: string): string {
  return `parley:touched:${new URL(url).pathname.slice(1) || '0'}`;
}

/** How many touches there were, and when each instance has given its last sign of life. */
const KEYS = ['parley:touches', 'parley:instances'];

/** A count begins at the time in microseconds, so that it is larger than that of a Redis which has lost it. */
const BEGIN = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('SET', KEYS[1], time[1] .. string.format('%06d', time[2]), 'NX')`;

/**
 * Counts a touch and passes a message on, with the count and Redis' time. What was held up on its way says nothing of its
 * sender now.
 */
const SAY = `${BEGIN}
local channel, kind, from, sent, rest = unpack(ARGV)
if kind == 'TOUCHED' then redis.call('INCR', KEYS[1]) end
local at = 'null'
if sent ~= '' and now >= tonumber(sent) and now - tonumber(sent) < ${ANSWER_MS_MAX} then
  at = string.format('%.0f', now)
  redis.call('HSET', KEYS[2], from, at)
else
  redis.call('HSETNX', KEYS[2], from, string.format('%.0f', now - ${SILENT_MS_MAX}))
end
if kind == 'LEAVING' then redis.call('HDEL', KEYS[2], from) end
local instances = redis.call('HGETALL', KEYS[2])
local names = {}
for i = 1, #instances, 2 do
  if now - tonumber(instances[i + 1]) > ${GONE_MS} then redis.call('HDEL', KEYS[2], instances[i])
  else names[#names + 1] = instances[i] end
end
redis.call('PUBLISH', channel, '{"count":' .. redis.call('GET', KEYS[1]) .. ',"at":' .. at .. ',' .. rest)
return { now, names }`;

const ASK = `${BEGIN}
local longest = 0
for _, sign in ipairs(redis.call('HVALS', KEYS[2])) do longest = math.max(longest, now - tonumber(sign)) end
return { redis.call('GET', KEYS[1]), longest }`;

export interface Said {
  /** Redis' time in milliseconds. */
  readonly time: number;
  /** Every instance that Redis knows. */
  readonly instances: readonly string[];
}

/** `sent`: Redis' time when it was sent, as far as its sender can say; empty: it is no sign of life. */
export async function say(
  client: Redis,
  channel: string,
  { from, kind, touched }: Pick<Message, 'from' | 'kind' | 'touched'>,
  sent: string,
): Promise<Said> {
  const rest = JSON.stringify({ from, kind, ...(touched && { touched }) }).slice(1);
  const args = [channel, kind, from, sent, rest];
  const said = await client.eval(SAY, { keys: KEYS, arguments: args });
  const [time, instances] = said as unknown as [number, string[]];
  return { time, instances };
}

/** How many touches Redis has counted, and for how long the most silent instance has been so, in milliseconds. */
export async function ask(client: Redis): Promise<{ readonly count: number; readonly silentMs: number }> {
  const asked = await inTime(client.eval(ASK, { keys: KEYS }));
  const [count, silentMs] = asked as unknown as [string, number];
  return { count: Number(count), silentMs };
}
