import type { Verdict } from '../../src/access/verdict.ts';
import type { Viewer } from '../../src/access/viewer.ts';
import type { Stage } from './columns.ts';

/** How the stage stands when something is tried. */
export type Situation =
  | 'open'
  | 'locked'
  | 'without comments'
  | 'comment deleted by its author'
  | 'discussion deleted by its asker'
  | 'entry not in use';

/** Global ids of what is on the stage. */
export interface Things {
  readonly discussionId: string;
  readonly commentId: string;
  /** Who wrote the comment. */
  readonly authorId: string;
  /** Of the catalogue, and of no discussion. */
  readonly categoryId: string;
  readonly productId: string;
  readonly tagId: string;
}

/** Something that is tried; a row of the table. */
export interface Row {
  readonly mutation: string;
  /** What it is done to, or with. */
  readonly what: string;
  readonly situation: Situation;
  rule(viewer: Viewer | null, scene: ReturnType<typeof sceneOf>): Verdict;
  input(things: Things): Record<string, unknown>;
  /** The field of `viewerCan` that says the same; null: there is none. */
  readonly can: { readonly of: 'discussionId' | 'commentId'; readonly field: string } | null;
}

const AT = 0;
export const NOW = new Date(AT);

/** The rows that rules are asked about. */
export function sceneOf(stage: Stage, situation: Situation) {
  const isGone = situation === 'discussion deleted by its asker';
  const isDeleted = situation === 'comment deleted by its author';
  return {
    category: { isAnswerable: true },
    hasComments: situation !== 'without comments',
    discussion: {
      ...{ authorId: stage.asker, categoryId: stage.category, productId: stage.product, createdAt: AT },
      lockedAt: situation === 'locked' ? AT : null,
      ...{ closedAt: null, closedById: null },
      deletedAt: isGone ? AT : null,
      deletedById: isGone ? stage.asker : null,
    },
    comment: {
      ...{ authorId: stage.author, createdAt: AT, depth: 0 },
      ...{ deletedAt: isDeleted ? AT : null, deletedById: isDeleted ? stage.author : null },
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
