import type { Context } from '../../access/context.ts';
import { badInput } from '../../access/errors.ts';
import { requireWriter } from '../../access/viewer.ts';
import { write } from '../../access/write.ts';
import type { SaveDraftInput } from '../../generated/graphql.ts';
import { advisoryLock, insertRow, statement, type Transaction, updateRows } from '../../store/index.ts';
import { checkedText, unfinished } from '../../text/text-rules.ts';
import { COMMENT_BODY } from '../comment/index.ts';
import { DISCUSSION_BODY, DISCUSSION_TITLE, findCatalogRefs } from '../discussion/index.ts';
import { type ChangedDraft, type DraftPlace, isOfDiscussion, namedPlace } from './draft-place.ts';
import { findPlace } from './find-place.ts';

/** Maximum number of drafts of one author: together at most 6 million characters. */
export const DRAFTS_MAX = 100;

const TITLE = unfinished(DISCUSSION_TITLE);
const BODIES = { discussion: unfinished(DISCUSSION_BODY), comment: unfinished(COMMENT_BODY) };

/** Saves the viewer's draft of a place, in place of the one that is there. Returns its row id and place. */
export async function saveDraft(ctx: Context, input: SaveDraftInput): Promise<ChangedDraft> {
  // who
  const { id: authorId } = requireWriter(ctx);
  // input, load: texts are checked, not rendered
  const named = namedPlace(input);
  const text = isOfDiscussion(named) ? await discussionText(ctx, input) : commentText(input);
  const { revision = null } = input;

  return write(ctx, 'saveDraft', input, async (tx) => {
    // load
    await advisoryLock(tx, `drafts of ${authorId}`);
    const place = await findPlace(tx, input, named);
    const { kind, subjectId } = place;
    const existing = await draftIn(tx, authorId, place, named);
    // rule
    if (existing === null) await checkNumber(tx, authorId);
    // change
    const columns = { ...text, revision, savedAt: ctx.now() };
    const moved = subjectId === named.subjectId ? {} : { subjectId };
    // none is updated if the author has posted the text in the meantime
    if (existing !== null && (await updateRows(tx, 'draft', { id: existing }, { ...columns, ...moved })) > 0)
      return { draftId: existing, kind, subjectId };
    const draftId = ctx.newId();
    await insertRow(tx, 'draft', { id: draftId, authorId, kind, subjectId, ...columns });
    return { draftId, kind, subjectId };
  });
}

interface DraftText {
  readonly title: string | null;
  readonly body: string;
  readonly categoryId: string | null;
  readonly productId: string | null;
  readonly tagIds: string;
}

async function discussionText(ctx: Context, input: SaveDraftInput): Promise<DraftText> {
  const title = typeof input.title === 'string' ? checkedText(input.title, TITLE, 'input.title') : null;
  const body = checkedText(input.body, BODIES.discussion, 'input.body');
  const { categoryId, productId, tagIds } = await findCatalogRefs(ctx, input);
  return { title, body, categoryId, productId, tagIds: tagIds.join(' ') };
}

function commentText(input: SaveDraftInput): DraftText {
  for (const name of ['title', 'categoryId', 'productId', 'tagSlugs'] as const)
    if (input[name] !== null && input[name] !== undefined)
      throw badInput(`The draft of a comment has no \`${name}\`.`, `input.${name}`);
  const body = checkedText(input.body, BODIES.comment, 'input.body');
  return { title: null, body, categoryId: null, productId: null, tagIds: '' };
}

const ofPlace = statement<{ id: string }>(
  'draft.ofPlace',
  'SELECT id FROM draft WHERE author_id = ? AND subject_id = ? AND kind = ?',
);

/** The draft of a place. If there is none, the one of the discussion that was merged into it comes along. */
async function draftIn(
  tx: Transaction,
  authorId: string,
  { kind, subjectId }: DraftPlace,
  named: DraftPlace,
): Promise<string | null> {
  const [draft] = await tx.all(ofPlace, [authorId, subjectId, kind]);
  if (draft || subjectId === named.subjectId) return draft?.id ?? null;
  const [ofMerged] = await tx.all(ofPlace, [authorId, named.subjectId, kind]);
  return ofMerged?.id ?? null;
}

const countByAuthor = statement<{ count: number }>(
  'draft.countByAuthor',
  'SELECT count(*) AS "count" FROM draft WHERE author_id = ?',
);

async function checkNumber(tx: Transaction, authorId: string): Promise<void> {
  const [counted] = await tx.all(countByAuthor, [authorId]);
  if (counted && counted.count >= DRAFTS_MAX)
    throw badInput(`You have ${DRAFTS_MAX} drafts, which is the maximum: delete one first.`, 'input.body');
}
