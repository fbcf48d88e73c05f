import type { Verdict } from '../../src/access/verdict.ts';
import type { Viewer } from '../../src/access/viewer.ts';
import type { Fixture } from './viewers.ts';

/** What is the case when a mutation is tried. */
export type Situation =
  | 'open'
  | 'locked'
  | 'without comments'
  | 'comment deleted by its author'
  | 'discussion deleted by its asker'
  | 'entry not in use'
  | 'edited'
  | 'comment is official';

/** The global ids that inputs are made of. */
export interface Things {
  readonly discussionId: string;
  /** Another discussion, without a category. */
  readonly otherDiscussionId: string;
  readonly commentId: string;
  /** The author of the comment. */
  readonly authorId: string;
  /** Entries of the catalog that no discussion has. */
  readonly categoryId: string;
  readonly productId: string;
  readonly tagId: string;
}

/** A mutation in a situation: a row of the table. */
export interface Row {
  readonly mutation: string;
  /** A detail of the input, such as 'as a reply'. */
  readonly what: string;
  readonly situation: Situation;
  rule(viewer: Viewer | null, scene: ReturnType<typeof sceneOf>): Verdict;
  input(things: Things): Record<string, unknown>;
  /** The field of `viewerCan` that has the same verdict. Null if there is none. */
  readonly can: { readonly of: 'discussionId' | 'commentId'; readonly field: string } | null;
}

const AT = 0;
export const NOW = new Date(AT);

/** The rows that rules judge. */
export function sceneOf(fixture: Fixture, situation: Situation) {
  const isGone = situation === 'discussion deleted by its asker';
  const isDeleted = situation === 'comment deleted by its author';
  return {
    category: { isAnswerable: true },
    hasComments: situation !== 'without comments',
    discussion: {
      ...{ authorId: fixture.asker, categoryId: fixture.category, productId: fixture.product, createdAt: AT },
      lockedAt: situation === 'locked' ? AT : null,
      ...{ closedAt: null, closedById: null, mergedIntoId: null },
      deletedAt: isGone ? AT : null,
      deletedById: isGone ? fixture.asker : null,
    },
    comment: {
      ...{ authorId: fixture.author, createdAt: AT, depth: 0 },
      ...{ deletedAt: isDeleted ? AT : null, deletedById: isDeleted ? fixture.author : null },
      isOfficial: situation === 'comment is official',
    },
  };
}

export const onDiscussion = (field: string) => ({ of: 'discussionId', field }) as const;
export const onComment = (field: string) => ({ of: 'commentId', field }) as const;

/** A mutation, tried in each situation. */
export function rows(
  [mutation, what]: readonly [string, string],
  situations: readonly Situation[],
  can: Row['can'],
  input: Row['input'],
  rule: Row['rule'],
): Row[] {
  return situations.map((situation) => ({ mutation, what, situation, can, input, rule }));
}
