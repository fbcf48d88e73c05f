// Merges that are undone leave nothing behind. Two forums have the same history, but in one of them discussions are merged
// in the middle of it, and these merges are undone at its end: then both have the same rows.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { engines } from '../support/database.ts';
import { type Deed, deed, laterDeed, openTwin, type Role, type Twin } from './merge-twin.ts';

type Merge = readonly [source: Role, destination: Role];

/** The merges in their order, and the order in which they are undone. */
const PLANS: readonly { readonly merges: readonly Merge[]; readonly undone: readonly Role[] }[] = [
  { merges: [['source', 'destination']], undone: ['source'] },
  // a chain
  { merges: [['source', 'destination'], ['destination', 'third']], undone: ['destination', 'source'] }, // biome-ignore format: a row each
  // what is merged into a merged discussion is merged into the destination of that
  { merges: [['source', 'destination'], ['third', 'source']], undone: ['source', 'third'] }, // biome-ignore format: a row each
];

const history = fc.record({
  before: fc.array(deed, { minLength: 5, maxLength: 30 }),
  plan: fc.constantFrom(...PLANS),
  since: fc.array(laterDeed, { maxLength: 20 }),
});

/** A deed that means something else while discussions are merged is left out. */
async function isLeftOut(
  { what, by, role, n }: Deed,
  plain: Twin,
  merged: ReadonlySet<Role>,
): Promise<boolean> {
  const isDuring = merged.size > 0;
  // a vote or bookmark on the destination may be one that the merge has moved: dora's are not
  if (what === 'vote' || what === 'bookmark') return (by === 'dora') !== isDuring || merged.has(role);
  if (what === 'unmark' || what === 'reopen') return merged.has(role);
  // the question has been answered elsewhere, or the original is that of a merged discussion
  if (what === 'deleteComment') return isDuring && (await plain.isAnswer(n));
  if (what === 'markAsOther') return merged.has(role) || (await plain.isDuplicate('other'));
  return false;
}

/** Everybody gets the same answers in both: while a question is a comment, who may do what stays the same. */
async function takeBoth(plain: Twin, joined: Twin, deeds: readonly Deed[], merged: ReadonlySet<Role>) {
  for (const one of deeds) {
    if (await isLeftOut(one, plain, merged)) continue;
    const expected = await plain.take(one);
    expect(await joined.take(one), JSON.stringify(one)).toBe(expected);
  }
}

describe.each(engines)('merges that are undone on %s', (engine) => {
  test('leave the rows that there would be without them, whatever was written before and since', async () => {
    let undone = 0;
    const property = fc.asyncProperty(history, async ({ before, plan, since }) => {
      const [plain, joined] = [await openTwin(engine), await openTwin(engine)];
      try {
        await takeBoth(plain, joined, before, new Set());
        const merged = new Set<Role>();
        for (const [source, destination] of plan.merges) {
          const code = await joined.merge(source, destination);
          // the destination is a duplicate of the source
          if (code === 'CONFLICT') fc.pre(false);
          expect(code).toBe('done');
          merged.add(source);
        }
        expect(await joined.broken()).toEqual([]);
        await takeBoth(plain, joined, since, merged);
        for (const source of plan.undone) {
          expect(await joined.broken()).toEqual([]);
          expect(await joined.unmerge(source)).toBe('done');
          undone++;
        }
        expect(await joined.broken()).toEqual([]);
        expect(await joined.rows()).toEqual(await plain.rows());
      } finally {
        await plain.close();
        await joined.close();
      }
    });
    // a database of PostgreSQL takes seconds to make, and each history needs two
    const numRuns = engine === 'sqlite' ? 12 : 6;
    await fc.assert(property, { numRuns, endOnFailure: process.env['CI'] !== undefined });
    expect(undone).toBeGreaterThanOrEqual(numRuns);
  }, 600_000);
});
