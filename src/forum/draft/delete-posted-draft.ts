// A draft ends in the transaction in which its author posts the text.
import { deleteRows, type Transaction } from '../../store/index.ts';
import { commentAdded, commentEdited } from '../comment/index.ts';
import { discussionCreated, discussionEdited } from '../discussion/index.ts';
import type { DraftPlace } from './draft-place.ts';

discussionCreated.listen((tx, { authorId }) => remove(tx, authorId, { kind: 'DISCUSSION', subjectId: '' }));

discussionEdited.listen((tx, { editorId, discussionId }) =>
  remove(tx, editorId, { kind: 'DISCUSSION_EDIT', subjectId: discussionId }),
);

commentAdded.listen(async (tx, { authorId, discussionIds, replyToId }) => {
  if (replyToId !== null) await remove(tx, authorId, { kind: 'REPLY', subjectId: replyToId });
  else for (const subjectId of discussionIds) await remove(tx, authorId, { kind: 'COMMENT', subjectId });
});

commentEdited.listen((tx, { editorId, commentId }) =>
  remove(tx, editorId, { kind: 'COMMENT_EDIT', subjectId: commentId }),
);

const remove = (tx: Transaction, authorId: string, place: DraftPlace) =>
  deleteRows(tx, 'draft', { authorId, subjectId: place.subjectId, kind: place.kind });
