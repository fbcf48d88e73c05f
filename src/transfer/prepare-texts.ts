import { COMMENT_BODY } from '../forum/comment/index.ts';
import { DISCUSSION_BODY, DISCUSSION_TITLE } from '../forum/discussion/index.ts';
import { type Database, statement } from '../store/index.ts';
import { handlesIn, renderMarkdown } from '../text/markdown.ts';
import { hasMentions, type Mentioned, mentionedBy } from '../text/mentions.ts';
import type { TextRule } from '../text/text-rules.ts';
import { type PreparedText, RecordOmitted } from './batch.ts';
import { fitText } from './fit-text.ts';
import type { BodyRecord } from './record-references.ts';
import type { CommentRecord, DiscussionRecord, RevisionRecord } from './records.ts';

const importedByHandles = statement<{ authorId: string; handle: string }>(
  'transfer.authorsByHandles',
  (d) => `SELECT a.id AS "authorId", a.handle FROM author a
    JOIN imported_row i ON i.kind = 'author' AND i.key = a.id WHERE ${d.inList('a.handle')}`,
  { table: 'author' },
  { table: 'imported_row' },
);
/** As many as a text that is written here may mention. */
const MENTIONS_MAX = 20;

type Texts = DiscussionRecord | CommentRecord | RevisionRecord;

/** What a text loses to the rules: one line of the report. */
type Omit = (what: string, detail: string) => void;

/** Whether a record has texts. */
export function hasTexts(record: BodyRecord): record is Texts {
  return record.type === 'discussion' || record.type === 'comment' || record.type === 'revision';
}

/** A record's texts as they are stored. Throws RecordOmitted if one breaks a rule and cannot be mended. */
export function fittedTexts(record: Texts, omit: Omit): Pick<PreparedText, 'title' | 'body'> {
  const isDiscussion =
    record.type === 'discussion' || (record.type === 'revision' && record.discussion !== undefined);
  const isRedacted = record.type === 'revision' && Boolean(record.redactedAt);
  const title =
    isDiscussion && 'title' in record ? fitted(record.title ?? '', DISCUSSION_TITLE, isRedacted) : '';
  // the text of a merged discussion, and those of its revisions, are with the comment that it has become
  if (record.type === 'discussion' && record.merged) {
    if (record.body.trim() !== '') omit('texts of merged discussions', `"${record.key}" has none here.`);
    return { title, body: '' };
  }
  const mayBeEmpty = record.type === 'revision' || (record.type === 'comment' && record.deletedAt);
  return { title, body: fitted(record.body, isDiscussion ? DISCUSSION_BODY : COMMENT_BODY, mayBeEmpty) };

  function fitted(text: string, rule: TextRule, mayBeEmpty: unknown): string {
    if (mayBeEmpty && text === '') return text;
    const result = fitText(text, rule);
    const key = record.key;
    if (result.text === null)
      throw new RecordOmitted(`${record.type}s whose text breaks a rule`, `"${key}": ${result.reason}`);
    for (const change of result.changes) omit(`texts: ${change}`, `${rule.what} of "${key}".`);
    return result.text;
  }
}

/**
 * The authors whom some texts mention, of those whose ids have come with this or an earlier export. Nobody else is meant
 * by a handle in another forum.
 */
export async function mentionedIn(db: Pick<Database, 'read'>, bodies: readonly string[]): Promise<Mentioned> {
  const handles = new Set(
    bodies.filter(hasMentions).flatMap((body) => handlesIn(body).slice(0, MENTIONS_MAX)),
  );
  if (handles.size === 0) return new Map();
  return mentionedBy(await db.read.all(importedByHandles, [[...handles]]));
}

/** Renders a text. */
export function rendered(
  texts: Pick<PreparedText, 'title' | 'body'>,
  known: Mentioned,
  imageHosts: readonly string[],
): PreparedText {
  const { body } = texts;
  const handles = known.size > 0 && hasMentions(body) ? handlesIn(body).slice(0, MENTIONS_MAX) : [];
  const mentioned = new Map(
    handles.flatMap((handle) => {
      const author = known.get(handle);
      return author ? [[handle, author] as const] : [];
    }),
  );
  return { ...texts, mentioned, rendering: renderMarkdown(body, mentioned, imageHosts) };
}
