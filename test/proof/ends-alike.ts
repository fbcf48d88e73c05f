import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Engine } from '../../src/store/index.ts';
import { engines } from '../support/database.ts';
import { type Answer, type Forum, openForum } from '../support/forum.ts';
import { canonicalDump } from './dump.ts';

/** Histories whose steps come one after the other. */
export interface OneByOne<Step, Known> {
  readonly step: fc.Arbitrary<Step>;
  readonly stepsMax: number;
  readonly runs: number;
  begin(forum: Forum): Promise<Known>;
  /** Takes a step and learns from what it is answered. */
  take(forum: Forum, known: Known, step: Step): Promise<Answer>;
  /** Of row ids, which are others in each forum. */
  names(forum: Forum, known: Known): Promise<ReadonlyMap<string, string>>;
}

/** States that whatever history it is, both engines answer its steps alike and have the same rows at its end. */
export function endsAlike<Step, Known>(title: string, histories: OneByOne<Step, Known>): void {
  const { step, stepsMax, runs, begin, take, names } = histories;

  /** What every step was answered, and every row at the end but for what was drawn by lot. */
  async function endOf(engine: Engine, history: readonly Step[]) {
    const forum = await openForum(engine, 'empty');
    try {
      const known = await begin(forum);
      const codes: string[] = [];
      for (const one of history) {
        forum.wait(1_000);
        const { errors } = await take(forum, known, one);
        codes.push(errors?.[0]?.extensions.code ?? 'done');
      }
      return { codes, rows: await canonicalDump(forum.db, await names(forum, known)) };
    } finally {
      await forum.close();
    }
  }

  describe.skipIf(engines.length < 2)(`${title} on SQLite and PostgreSQL`, () => {
    test('ends in the same rows, whatever it was', async () => {
      const steps = fc.array(step, { minLength: 5, maxLength: stepsMax });
      const property = fc.asyncProperty(steps, async (history) => {
        const ends = await Promise.all(engines.map((engine) => endOf(engine, history)));
        expect(ends[1]).toEqual(ends[0]);
      });
      await fc.assert(property, { numRuns: runs, endOnFailure: process.env['CI'] !== undefined });
    }, 600_000);
  });
}
