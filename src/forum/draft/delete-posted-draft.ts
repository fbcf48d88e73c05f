// A draft ends in the transaction in which its author posts the text. The drafts of edits of a text end when one of its
// revisions is redacted: they may contain it.
import { deleteRows, type Transaction } from '../../store/index.ts';
import { commentAdded, commentEdited, commentRedacted } from '../comment/index.ts';
import { discussionCreated, discussionEdited, discussionRedacted } from '../discussion/index.ts';
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

discussionRedacted.listen((tx, { discussion }) =>
  deleteRows(tx, 'draft', { subjectId: discussion.id, kind: 'DISCUSSION_EDIT' }),
);

commentRedacted.listen((tx, { commentId }) =>
  deleteRows(tx, 'draft', { subjectId: commentId, kind: 'COMMENT_EDIT' }),
);

const remove = (tx: Transaction, authorId: string, place: DraftPlace) =>
  deleteRows(tx, 'draft', { authorId, subjectId: place.subjectId, kind: place.kind });
