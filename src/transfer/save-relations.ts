// What is said about discussions and comments: earlier texts, votes, answers, originals of duplicates, links.
import { addImportedCommentRevision } from '../forum/comment/index.ts';
import {
  acceptAnswerOfExport,
  addImportedDiscussionRevision,
  DISCUSSION_TITLE,
  setImportedDuplicate,
} from '../forum/discussion/index.ts';
import { addImportedLink } from '../forum/related/index.ts';
import { addImportedVote } from '../forum/vote/index.ts';
import { checkedUrl, PAGE_URL } from '../text/url-rule.ts';
import { type Batch, type PreparedRecord, RecordOmitted, type Saved } from './batch.ts';
import { fitText } from './fit-text.ts';
import type { ImportedRow } from './imported-rows.ts';
import type { AnswerRecord, DuplicateRecord, LinkRecord, RevisionRecord, VoteRecord } from './records.ts';
import { rowIdFor, storedUrl } from './save-people.ts';

/** Nothing is added to what is this forum's own, or was stored by an earlier import: people may have removed it here. */
export const UNCHANGED: Saved = { status: 'unchanged', rowId: '' };
export const isOwn = (row: ImportedRow) => row.digest === null;
export const saved = (isAdded: boolean, rowId = ''): Saved =>
  isAdded ? { status: 'created', rowId } : { status: 'unchanged', rowId };

interface Subject {
  readonly kind: 'discussion' | 'comment';
  readonly row: ImportedRow;
  readonly discussionId: string;
}

function subjectOf(batch: Batch, record: RevisionRecord | VoteRecord): Subject {
  if (record.discussion !== undefined) {
    const row = batch.required('discussion', record.discussion, `${record.type}s`);
    return { kind: 'discussion', row, discussionId: row.rowId };
  }
  const row = batch.required('comment', record.comment ?? '', `${record.type}s`);
  const place = batch.places.get(row.rowId);
  if (!place)
    throw new RecordOmitted(
      `${record.type}s of comments that are gone`,
      `"${record.comment}" is the text of a discussion that was split off here.`,
    );
  return { kind: 'comment', row, discussionId: place.discussionId };
}

export async function saveRevision(
  batch: Batch,
  { record, text }: PreparedRecord<RevisionRecord>,
): Promise<Saved> {
  const { key } = record;
  const { kind, row } = subjectOf(batch, record);
  if (isOwn(row)) return UNCHANGED;
  const of = kind === 'discussion' ? batch.revisions.get(row.rowId) : batch.places.get(row.rowId)?.revision;
  if (record.revision >= (of ?? 1))
    throw new RecordOmitted('revisions with a wrong number', `"${key}" has the number ${record.revision}.`);
  const createdAt = batch.time(record.createdAt);
  const revision = {
    ...{ id: rowIdFor(batch, key, createdAt), revision: record.revision, body: text?.body ?? '', createdAt },
    editorId: batch.idOf('author', record.editor, 'editor'),
    redactedAt: batch.optionalTime(record.redactedAt),
  };
  const isAdded =
    kind === 'discussion'
      ? await addImportedDiscussionRevision(batch.tx, row.rowId, { ...revision, title: text?.title ?? '' })
      : await addImportedCommentRevision(batch.tx, row.rowId, revision);
  return saved(isAdded, revision.id);
}

export async function saveVote(batch: Batch, { record }: PreparedRecord<VoteRecord>): Promise<Saved> {
  const { kind, row, discussionId } = subjectOf(batch, record);
  const authorId = batch.required('author', record.author, 'votes').rowId;
  if (isOwn(row)) return UNCHANGED;
  const createdAt = batch.time(record.createdAt);
  const updatedAt = batch.optionalTime(record.updatedAt) ?? createdAt;
  const vote = { authorId, value: record.value, createdAt, updatedAt };
  const isAdded = await addImportedVote(batch.tx, { kind, id: row.rowId }, vote);
  if (isAdded) batch.touch(discussionId);
  return saved(isAdded);
}

/** A later import does not accept an answer again that people have unmarked here. */
export async function saveAnswer(
  batch: Batch,
  { record }: PreparedRecord<AnswerRecord>,
  known: ImportedRow | undefined,
): Promise<Saved> {
  const discussion = batch.required('discussion', record.discussion, 'answers');
  const comment = batch.required('comment', record.comment, 'answers');
  if (known || isOwn(discussion)) return UNCHANGED;
  const place = batch.places.get(comment.rowId);
  if (!place || place.discussionId !== discussion.rowId)
    throw new RecordOmitted('answers of another discussion', `"${record.comment}" is not a comment there.`);
  const at = batch.optionalTime(record.at) ?? new Date(place.createdAt);
  const byId = batch.idOf('author', record.by, 'author who accepted an answer');
  const answer = { commentId: comment.rowId, at, byId, revision: record.revision ?? null };
  return saved(await acceptAnswerOfExport(batch.tx, discussion.rowId, answer));
}

export async function saveDuplicate(
  batch: Batch,
  { record }: PreparedRecord<DuplicateRecord>,
  known: ImportedRow | undefined,
): Promise<Saved> {
  const discussion = batch.required('discussion', record.discussion, 'duplicates');
  const of = batch.required('discussion', record.of, 'duplicates');
  if (known || isOwn(discussion)) return UNCHANGED;
  const isNamed = await setImportedDuplicate(batch.tx, discussion.rowId, of.rowId);
  if (!isNamed)
    batch.omit(
      'duplicates',
      `"${record.discussion}" is not closed as a duplicate, or has duplicates itself.`,
    );
  return saved(isNamed);
}

export async function saveLink(
  batch: Batch,
  { record, key }: PreparedRecord<LinkRecord>,
  known: ImportedRow | undefined,
): Promise<Saved> {
  const discussion = batch.required('discussion', record.discussion, 'links');
  if (known || isOwn(discussion)) return UNCHANGED;
  const targetId = record.target ? (batch.rows.get('discussion', record.target)?.rowId ?? null) : null;
  const title = fitText(record.title, DISCUSSION_TITLE).text;
  const createdAt = batch.optionalTime(record.createdAt);
  const id = rowIdFor(batch, key, batch.now);
  if (title === null || targetId === discussion.rowId)
    throw new RecordOmitted('links', `"${key}" has no title, or leads to its own discussion.`);
  const isAdded = await addImportedLink(batch.tx, {
    ...{ id, discussionId: discussion.rowId, targetId, title, url: urlOf(record), createdAt },
    position: record.position ?? 0,
    source: record.isCurated ? 'CURATED' : 'IMPORTED',
    addedById: batch.idOf('author', record.addedBy, 'author of a link'),
    createdAtIsApproximate: record.createdAtIsApproximate ?? false,
    importedCommentCount: record.commentCount ?? 0,
  });
  return saved(isAdded, id);
}

function urlOf({ url, key }: LinkRecord): string {
  try {
    return storedUrl(url, checkedUrl(url, PAGE_URL, 'url'));
  } catch (error) {
    throw new RecordOmitted('links without an address', `"${key}": ${(error as Error).message}`);
  }
}
