// The mark "official" never outlives its right. It goes, for good and with a line in the moderation log, in the
// transaction in which its author ceases to represent the product, or its discussion is moved to another product.
import { statement, type Transaction, updateRows } from '../../store/index.ts';
import { type ModerationBy, recordModeration, representationEnded } from '../author/index.ts';
import { discussionMoved } from '../discussion/index.ts';

interface OfficialComment {
  readonly id: string;
  readonly discussionId: string;
}

const ofAuthor = statement<OfficialComment>(
  'comment.officialOfAuthor',
  (
    d,
  ) => `SELECT t.id, t.discussion_id AS "discussionId" FROM comment t JOIN discussion d ON d.id = t.discussion_id
    WHERE t.author_id = ? AND t.is_official AND ${d.inList('d.product_id')} ORDER BY t.id`,
);
const inDiscussion = statement<OfficialComment>(
  'comment.officialInDiscussion',
  `SELECT t.id, t.discussion_id AS "discussionId" FROM comment t
    WHERE t.discussion_id = ? AND t.is_official AND NOT EXISTS (
      SELECT 1 FROM vendor_product v WHERE v.author_id = t.author_id AND v.product_id = ?)
    ORDER BY t.id`,
);

const lockVendorsIn = statement<{ readonly authorId: string }>(
  'comment.lockVendorsIn',
  (d) => `SELECT v.author_id AS "authorId" FROM vendor_product v WHERE v.product_id = ? AND v.author_id IN
    (SELECT author_id FROM comment WHERE discussion_id = ? AND is_official) ORDER BY v.author_id ${d.forUpdate}`,
);

representationEnded.listen(async (tx, { authorId, productIds, by }) =>
  clear(tx, by, await tx.all(ofAuthor, [authorId, productIds])),
);

// who marked a comment does not matter: it is no statement of the other product's vendor
discussionMoved.listen(async (tx, { discussionId, productId, by }) => {
  // whose role ends at the same time is found by the one that comes second
  if (productId !== null) await tx.all(lockVendorsIn, [productId, discussionId]);
  await clear(tx, by, await tx.all(inDiscussion, [discussionId, productId ?? '']));
});

async function clear(tx: Transaction, by: ModerationBy, comments: readonly OfficialComment[]): Promise<void> {
  for (const { id, discussionId } of comments) {
    await updateRows(tx, 'comment', { id }, { isOfficial: false });
    await recordModeration(tx, by, { action: 'CLEAR_OFFICIAL', discussionId, commentId: id });
  }
}
