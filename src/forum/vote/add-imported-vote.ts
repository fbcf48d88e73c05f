import { insertNew, type Transaction } from '../../store/index.ts';

/** A vote of an export. */
export interface NewImportedVote {
  readonly authorId: string;
  readonly value: 1 | -1;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** Adds a vote, unless the author has one there. The subject is counted again later. Returns whether it was added. */
export function addImportedVote(
  tx: Transaction,
  subject: { readonly kind: 'discussion' | 'comment'; readonly id: string },
  vote: NewImportedVote,
): Promise<boolean> {
  return subject.kind === 'discussion'
    ? insertNew(tx, 'discussion_vote', { discussionId: subject.id, ...vote })
    : insertNew(tx, 'comment_vote', { commentId: subject.id, ...vote });
}
