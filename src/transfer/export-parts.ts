// What discussions and comments have in common: the members of their texts, earlier texts, votes.
import { type Statement, statement } from '../store/index.ts';
import { compact, type ExportScope, ifTrue, isoTime } from './export-rows.ts';
import type { DiscussionRecord, RevisionRecord, VoteRecord } from './records.ts';

export interface TextRow {
  readonly id: string;
  readonly body: string;
  readonly authorId: string | null;
  readonly createdAt: number;
  readonly createdAtIsApproximate: number | boolean;
  readonly lastEditedAt: number | null;
  readonly deletedAt: number | null;
  readonly deletedById: string | null;
  readonly deletionReason: string | null;
  readonly revision: number;
  readonly importKey: string | null;
  readonly importedMetadata: unknown;
  readonly importedNetVotes: number;
  readonly netUpvotes: number;
}

type TextMembers = Pick<
  DiscussionRecord,
  | 'body'
  | 'author'
  | 'createdAt'
  | 'createdAtIsApproximate'
  | 'lastEditedAt'
  | 'revision'
  | 'deletedAt'
  | 'deletedBy'
  | 'deletionReason'
  | 'importedNetVotes'
  | 'importKey'
>;

/** The members of a text as a role sees it. A tombstone has neither text nor author, nor when it was deleted. */
export function textMembers(scope: ExportScope, row: TextRow): TextMembers {
  const createdAt = isoTime(row.createdAt);
  const createdAtIsApproximate = ifTrue(row.createdAtIsApproximate);
  // who voted is not for others to see: their votes are in the figure. Beside votes of authors, also 0 says something
  const importedNetVotes = scope.isComplete ? row.importedNetVotes : row.netUpvotes || undefined;
  if (row.deletedAt !== null && !scope.seesDeleted)
    return compact<TextMembers>({
      body: '',
      createdAt,
      createdAtIsApproximate,
      deletedAt: createdAt,
      importedNetVotes,
    });
  return compact<TextMembers>({
    ...{ body: row.body, author: row.authorId, createdAt, createdAtIsApproximate },
    lastEditedAt: isoTime(row.lastEditedAt),
    revision: row.revision > 1 ? row.revision : null,
    ...{ deletedAt: isoTime(row.deletedAt), deletedBy: row.deletedById, deletionReason: row.deletionReason },
    importedNetVotes,
    importKey: scope.isComplete ? row.importKey : null,
  });
}

interface RevisionRow {
  readonly id: string;
  readonly subjectId: string;
  readonly revision: number;
  readonly title: string | null;
  readonly body: string;
  readonly editorId: string | null;
  readonly createdAt: number;
  readonly redactedAt: number | null;
}

type Subject = 'discussion' | 'comment';

const revisions = (of: Subject): Statement<RevisionRow> =>
  statement(
    `transfer.export ${of}_revision`,
    (
      d,
    ) => `SELECT t.id, t.${of}_id AS "subjectId", t.revision, ${of === 'comment' ? 'NULL AS title' : 't.title'},
      t.body, t.editor_id AS "editorId", t.created_at AS "createdAt", t.redacted_at AS "redactedAt"
      FROM ${of}_revision t WHERE ${d.inList(`t.${of}_id`)} AND t.revision > ? ORDER BY t.revision, t.${of}_id LIMIT ?`,
  );
const REVISIONS = { discussion: revisions('discussion'), comment: revisions('comment') };

/** Texts in memory. */
const REVISIONS_PAGE = 100;

/** The earlier texts of one discussion or comment at a time. */
export async function* exportRevisions(
  { snapshot }: ExportScope,
  of: Subject,
  ids: readonly string[],
): AsyncGenerator<RevisionRecord> {
  for (const id of ids)
    for (let after = 0; ; ) {
      const rows = await snapshot.all(REVISIONS[of], [[id], after, REVISIONS_PAGE]);
      for (const row of rows)
        yield compact<RevisionRecord>({
          ...{ type: 'revision', key: row.id, [of]: row.subjectId, revision: row.revision },
          ...{ title: row.title, body: row.body, editor: row.editorId },
          ...{ createdAt: isoTime(row.createdAt), redactedAt: isoTime(row.redactedAt) },
        });
      if (rows.length < REVISIONS_PAGE) break;
      after = rows.at(-1)?.revision ?? after;
    }
}

interface VoteRow {
  readonly subjectId: string;
  readonly authorId: string;
  readonly value: number;
  readonly createdAt: number;
  readonly updatedAt: number;
}

const votes = (of: Subject): Statement<VoteRow> =>
  statement(
    `transfer.export ${of}_vote`,
    (d) => `SELECT t.${of}_id AS "subjectId", t.author_id AS "authorId", t.value, t.created_at AS "createdAt",
      t.updated_at AS "updatedAt" FROM ${of}_vote t WHERE ${d.inList(`t.${of}_id`)}
      ORDER BY t.${of}_id, t.author_id`,
  );
const VOTES = { discussion: votes('discussion'), comment: votes('comment') };

/** The votes on some discussions or comments, by author. */
export async function* exportVotes(
  { snapshot }: ExportScope,
  of: Subject,
  ids: readonly string[],
): AsyncGenerator<VoteRecord> {
  for (const row of await snapshot.all(VOTES[of], [ids]))
    yield compact<VoteRecord>({
      ...{ type: 'vote', [of]: row.subjectId, author: row.authorId, value: row.value > 0 ? 1 : -1 },
      createdAt: isoTime(row.createdAt),
      updatedAt: row.updatedAt === row.createdAt ? null : isoTime(row.updatedAt),
    });
}
