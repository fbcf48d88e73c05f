import fc from 'fast-check';
import { expect } from 'vitest';
import type { Answer, Forum } from '../support/forum.ts';
import { ACTIONS, type Action } from './actions.ts';
import { diceOf, type Known, learn } from './dice.ts';

/** ada asked, ben said, cleo did neither, mod moderates. */
export const CAST = ['ada', 'ben', 'cleo', 'dora', 'mod'];

/** What a step may be refused with: rules that hold. Anything else is a fault. */
const REFUSALS = ['FORBIDDEN', 'LOCKED', 'NOT_FOUND', 'CONFLICT', 'BAD_USER_INPUT'];

/** One mutation of a history. */
export interface Step {
  readonly actor: string;
  readonly action: Action;
  /** Which objects, texts and votes; see `diceOf`. */
  readonly numbers: readonly number[];
  /** Sent so many times at once under one idempotency key; 0: once and without a key. */
  readonly repeats: number;
}

/** Each as often as it weighs. */
const WEIGHED = ACTIONS.flatMap((action) => Array.from({ length: action.weight }, () => action));

export const step: fc.Arbitrary<Step> = fc
  .record({
    actor: fc.constantFrom(...CAST),
    action: fc.constantFrom(...WEIGHED),
    numbers: fc.array(fc.nat({ max: 997 }), { minLength: 3, maxLength: 3 }),
    repeats: fc.constantFrom(0, 0, 0, 2),
  })
  .map((one) => ({ ...one, [fc.toStringMethod]: () => told(one) }));

/** A step as a counterexample shows it. */
function told({ actor, action, numbers, repeats }: Step): string {
  return `${actor} ${action.mutation} ${numbers}${repeats > 0 ? ` x${repeats}` : ''}`;
}

/** The cast, three discussions of ada's, two comments of ben's in the first, and two drafts of cleo's: where every history begins. */
export async function begin(forum: Forum): Promise<Known> {
  for (const name of CAST) await forum.as(name).token();
  const known: Known = { discussions: [], comments: [], removed: new Set(), drafts: [] };
  for (const title of ['Where to begin?', 'Where to end?', 'Where to rest?']) {
    const input = { title, body: title };
    learn(known, (await forum.as('ada').do('createDiscussion', input, 'discussion { id }')).data);
  }
  for (const body of ['Here.', 'There.']) {
    const input = { discussionId: known.discussions[0], body };
    learn(known, (await forum.as('ben').do('addComment', input, 'comment { id discussion { id } }')).data);
  }
  // a member has a hundred drafts at most, and a test may begin in one forum again and again
  const { data } = await forum.as('cleo').ask('{ viewer { drafts(first: 100) { nodes { id } } } }');
  for (const { id } of data.viewer.drafts.nodes)
    await forum.as('cleo').do('deleteDraft', { draftId: id }, 'deletedDraftId');
  for (const discussionId of known.discussions.slice(0, 2)) {
    const input = { discussionId, body: 'To be continued' };
    learn(known, (await forum.as('cleo').do('saveDraft', input, 'draftEdge { node { id } }')).data);
  }
  return known;
}

let keys = 0;

/** Sends one step. Answers what it was answered; fails where that is a fault. */
export async function take(
  forum: Forum,
  known: Known,
  { actor, action, numbers, repeats }: Step,
): Promise<Answer> {
  const input = action.input(diceOf(known, numbers));
  const keyed = repeats > 0 ? { ...input, idempotencyKey: `step ${++keys}` } : input;
  const send = () => forum.as(actor).do(action.mutation, keyed, action.returns);
  const answers = await Promise.all(Array.from({ length: Math.max(1, repeats) }, send));
  for (const { errors = [] } of answers) {
    for (const error of errors)
      expect(REFUSALS, JSON.stringify({ error, action, input })).toContain(error.extensions.code);
  }
  return answers.find((answer) => !answer.errors) ?? (answers[0] as Answer);
}
