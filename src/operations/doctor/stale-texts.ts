import { groupedBy } from '../../graphql/loader.ts';
import { type Database, type Statement, statement } from '../../store/index.ts';
import { renderMarkdown } from '../../text/markdown.ts';
import { type Mentioned, mentionedBy } from '../../text/mentions.ts';

interface TextRow {
  readonly id: string;
  readonly body: string;
  readonly bodyHtml: string;
  readonly bodyText: string;
}

const textsOf = (table: string): Statement<TextRow> =>
  statement(
    `${table}.texts`,
    `SELECT t.id, t.body, t.body_html AS "bodyHtml", t.body_text AS "bodyText"
      FROM ${table} t WHERE t.id > ? ORDER BY t.id LIMIT ?`,
  );

interface MentionRow {
  readonly subjectId: string;
  readonly authorId: string;
  readonly handle: string;
}

const mentionsIn = (table: string): Statement<MentionRow> =>
  statement(
    `${table}.mentionsInTexts`,
    (d) => `SELECT ${table}_id AS "subjectId", author_id AS "authorId", handle
      FROM ${table}_mention WHERE ${d.inList(`${table}_id`)}`,
  );

const MENTIONS = { discussion: mentionsIn('discussion'), comment: mentionsIn('comment') };
const TEXTS = { discussion: textsOf('discussion'), comment: textsOf('comment') };
/** The number of rows in memory at once. A row holds its text three times, of up to 60,000 characters. */
const BATCH = 100;

/**
 * The ids of the rows whose stored HTML or plain text differs from a new rendering of their source. Renders every text
 * of the table: about a minute for 400,000 short ones.
 */
export async function* findStaleTexts(
  db: Database,
  table: keyof typeof TEXTS,
  imageHosts: readonly string[],
): AsyncGenerator<string> {
  for (let after = ''; ; ) {
    const rows = await db.read.all(TEXTS[table], [after, BATCH]);
    const ids = rows.map(({ id }) => id);
    const mentions = await db.read.all(MENTIONS[table], [ids]);
    for (const [i, mentioned] of groupedBy(ids, mentions, (row) => row.subjectId).entries()) {
      const row = rows[i];
      if (row && isStale(row, mentionedBy(mentioned), imageHosts)) yield row.id;
    }
    const last = rows.at(-1);
    if (!last) return;
    after = last.id;
  }
}

function isStale(
  { body, bodyHtml, bodyText }: TextRow,
  mentioned: Mentioned,
  imageHosts: readonly string[],
): boolean {
  const { html, text } = renderMarkdown(body, mentioned, imageHosts);
  return html !== bodyHtml || text !== bodyText;
}
