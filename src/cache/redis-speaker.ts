import { setTimeout as sleep } from 'node:timers/promises';
import { ANSWER_MS_MAX, inTime, type Redis } from '../redis.ts';
import type { Touched } from '../store/index.ts';
import { type Message, SILENT_MS_MAX } from './heard.ts';
import { say } from './redis-scripts.ts';

/** Beyond this it is said that everything was touched: a message for all instances should be no megabyte. */
const TOUCHED_MAX = 5000;
/** Clocks are read in whole milliseconds, and timers may be early. */
const MARGIN_MS = 20;

export interface Speaker {
  /**
   * Tells what was touched. Resolves when the others can know. Where that fails it resolves once they have missed a sign
   * of life, and trust nothing that they keep; all is told as soon as it can be.
   */
  tell(touched: Touched): Promise<void>;
  /** Catches up, and gives a sign of life; answers whom Redis knows. Null: what was said before is not answered yet. */
  live(): Promise<readonly string[] | null>;
  /** Catches up, and says that nothing more will come. Rejects where that fails. */
  leave(): Promise<void>;
  /** When Redis had this time, by this process' clock, or a little earlier; null: it has not answered yet. */
  localTimeOf(redisMs: number): number | null;
  /** Since when an answer is waited for; null: none is. */
  readonly waitingSince: number | null;
}

/** What `from` says to all instances of a forum. */
export function createSpeaker(client: Redis, channel: string, from: string): Speaker {
  /** How often telling has failed, and up to which of these times all has been told since. */
  let failures = 0;
  let toldUpTo = 0;
  /** How many are catching up at the moment. */
  let catchingUp = 0;
  let clock: { readonly time: number; readonly askedAt: number; readonly answeredAt: number } | null = null;
  /** When the last message was sent that may be a sign of life: an answer to it may have been lost. */
  let signedAt = Number.NEGATIVE_INFINITY;
  const waiting = new Set<number>();

  const saying = async (message: Pick<Message, 'kind' | 'touched'>, isSign: boolean) => {
    const askedAt = performance.now();
    // never ahead of Redis' clock: its answer was on its way for a while
    const sent = isSign && clock ? String(Math.floor(clock.time + askedAt - clock.answeredAt)) : '';
    if (sent !== '' && client.isReady) signedAt = askedAt;
    waiting.add(askedAt);
    const answered = say(client, channel, { from, ...message }, sent).finally(() => waiting.delete(askedAt));
    const { time, instances } = await inTime(answered);
    clock = { time, askedAt, answeredAt: performance.now() };
    return instances;
  };
  const isBehind = () => failures > toldUpTo;
  const catchUp = async (): Promise<void> => {
    while (isBehind()) {
      const upTo = failures;
      catchingUp++;
      try {
        // no sign of life: more may have to be told before this is passed on
        await saying({ kind: 'TOUCHED', touched: 'ALL' }, false);
        toldUpTo = Math.max(toldUpTo, upTo);
      } finally {
        catchingUp--;
      }
    }
  };
  return {
    tell: async (touched) => {
      const isMuch = touched === 'ALL' || touched.size > TOUCHED_MAX;
      const message = { kind: 'TOUCHED', touched: isMuch ? 'ALL' : [...touched] } as const;
      // what is untold is told first. Behind that, on the same connection, this can be said, but as no sign that all is well
      const canBeSaid = !isBehind() || catchingUp > 0;
      if (canBeSaid && (await succeeds(saying(message, !isBehind())))) return;
      failures++;
      await passed(signedAt + ANSWER_MS_MAX + SILENT_MS_MAX + MARGIN_MS);
    },
    live: async () => {
      // each answer that is waited for is a sign too; while Redis is silent they would pile up there
      if (waiting.size > 0) return null;
      await catchUp();
      return isBehind() ? null : saying({ kind: 'ALIVE' }, true);
    },
    leave: async () => {
      await catchUp();
      await saying({ kind: 'LEAVING' }, false);
    },
    localTimeOf: (redisMs) => clock && clock.askedAt - (clock.time - redisMs),
    get waitingSince() {
      const [first = null] = waiting;
      return first;
    },
  };
}

function succeeds(promise: Promise<unknown>): Promise<boolean> {
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
