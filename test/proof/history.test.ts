// Random histories of what people do at once. Nothing here knows what should come of a history: it must only keep the
// rules that hold of every forum, and give both engines the same rows. A counterexample prints the history and a seed.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { engines } from '../support/database.ts';
import { type Forum, openForum } from '../support/forum.ts';
import { type Known, learn } from './dice.ts';
import { dump } from './dump.ts';
import { endsAlike } from './ends-alike.ts';
import { begin, CAST, step, take } from './histories.ts';
import { brokenAtRest } from './invariants.ts';
import { watched } from './watched.ts';

describe.each(engines)('whatever people do at once on %s', (engine) => {
  test('counters are rows, at every moment and at the end, and no row is lost, doubled or orphaned', async () => {
    const histories = fc.array(fc.array(step, { minLength: 2, maxLength: 10 }), {
      minLength: 2,
      maxLength: 8,
    });
    let reads = 0;
    const property = fc.asyncProperty(histories, async (history) => {
      const forum = await openForum(engine, 'empty');
      try {
        const known = await begin(forum);
        const seen = await watched(forum, async () => {
          for (const batch of history) {
            // chosen among what was there before: of two at once, neither knows the other
            const answers = await Promise.all(batch.map((one) => take(forum, known, one)));
            for (const { data } of answers) learn(known, data);
            forum.wait(1_000);
          }
        });
        reads += seen.reads;
        expect(seen.broken).toEqual([]);
        expect(await brokenAtRest(forum.db)).toEqual([]);
        // what was acknowledged is there, and nothing else
        const rows = await dump(forum.db);
        expect([rows['discussion']?.length, rows['comment']?.length]).toEqual([
          known.discussions.length,
          known.comments.filter(({ id }) => !known.removed.has(id)).length,
        ]);
      } finally {
        await forum.close();
      }
    });
    // a race cannot be made smaller: what failed is told as it was
    await fc.assert(property, { numRuns: 16, endOnFailure: true });
    expect(reads).toBeGreaterThan(16);
  }, 180_000);
});

endsAlike('one history', {
  ...{ step, stepsMax: 40, runs: 15, begin, names: namesOf },
  take: async (forum, known, one) => {
    // at once under one key is for the other property: which of the two is first is chance
    const answer = await take(forum, known, { ...one, repeats: Math.min(one.repeats, 1) });
    learn(known, answer.data);
    return answer;
  },
});

async function namesOf(forum: Forum, known: Known): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for (const name of CAST) ids.set(await forum.as(name).id(), name);
  for (const [n, id] of known.discussions.entries()) ids.set(id, `discussion ${n}`);
  for (const [n, { id }] of known.comments.entries()) ids.set(id, `comment ${n}`);
  return new Map([...ids].map(([id, name]) => [id.slice(id.indexOf('_') + 1), name]));
}
