// Discussions of an export (see src/transfer). They are written with prepared statements, as a request writes.
import { change, insertNew, insertRow, type Transaction } from '../../store/index.ts';
import type { Rendering } from '../../text/markdown.ts';
import type { Mentioned } from '../../text/mentions.ts';
import { nextFreeSlug, slugOf, titleKeyOf } from '../../text/slug.ts';
import { insertMentions } from '../author/index.ts';
import { countDiscussion } from './count-discussion.ts';
import { writeTags } from './discussion-catalog.ts';
import { discussionTitled, discussionWritten } from './discussion-text.ts';
import { takenSlugs } from './insert-discussion.ts';

/** A discussion of an export, checked and rendered, with the row ids that it refers to. Its external id and import key are free. */
export interface NewImportedDiscussion {
  readonly id: string;
  /** A taken one gets a number. Null: made from the title. */
  readonly slug: string | null;
  readonly title: string;
  readonly body: string;
  readonly rendering: Rendering;
  readonly mentioned: Mentioned;
  /** The columns that are stored as they are. */
  readonly columns: ImportedColumns & {
    readonly categoryId: string | null;
    readonly productId: string | null;
    readonly externalId: string | null;
    readonly lockedAt: Date | null;
    readonly lockReason: 'OFF_TOPIC' | 'RESOLVED' | 'SPAM' | 'TOO_HEATED' | null;
    readonly lockedById: string | null;
    readonly closedAt: Date | null;
    readonly closeReason: 'RESOLVED' | 'OUTDATED' | 'DUPLICATE' | null;
    readonly closedById: string | null;
  } & Partial<ImportedMerge>;
  readonly tagIds: readonly string[];
  readonly pin: {
    readonly createdAt: Date;
    readonly pinnedById: string | null;
    readonly label: string | null;
    readonly position: number;
    readonly expiresAt: Date | null;
  } | null;
  readonly metadata: Readonly<Record<string, unknown>> | null;
}

/** Where a merged discussion leads. Its text is empty, and it is deleted. */
export interface ImportedMerge {
  readonly mergedIntoId: string;
  readonly mergedCommentId: string | null;
  readonly mergedAt: Date;
}

/** The columns that discussions and comments share. */
export interface ImportedColumns {
  readonly authorId: string | null;
  readonly createdAt: Date;
  readonly createdAtIsApproximate: boolean;
  readonly lastEditedAt: Date | null;
  readonly revision: number;
  readonly deletedAt: Date | null;
  readonly deletedById: string | null;
  readonly deletionReason: string | null;
  readonly importedNetVotes: number;
  readonly importKey: string | null;
}

const setMetadata = change(
  'discussion.setMetadata',
  'UPDATE discussion SET imported_metadata = ? WHERE id = ?',
  {
    table: 'discussion',
    sets: ['imported_metadata'],
    by: ['imported_metadata', 'id'],
  },
);

/** Adds a discussion with its pin and tags. Its counters are those without comments and votes cast here. */
export async function addImportedDiscussion(tx: Transaction, given: NewImportedDiscussion): Promise<void> {
  const { id, title, body, rendering, columns } = given;
  const { createdAt, importedNetVotes, authorId, deletedAt } = columns;
  const { lastActivityAt, ...counters } = countDiscussion({
    ...{ createdAt: createdAt.getTime(), importedNetVotes, up: 0, down: 0 },
    ...{ commentCount: 0, topLevelCommentCount: 0, lastComment: null },
  });
  const titleKey = titleKeyOf(title);
  const row = {
    ...{ id, title, titleKey, body, bodyHtml: rendering.html, bodyText: rendering.text },
    ...columns,
    ...counters,
    lastActivityAt: new Date(lastActivityAt),
  };
  await insertUnderSlug(tx, row, given.slug ?? slugOf(title));
  if (given.metadata) await tx.run(setMetadata, [JSON.stringify(given.metadata), id]);
  await writeTags(tx, id, given.tagIds);
  if (given.pin) await insertRow(tx, 'pin', { discussionId: id, ...given.pin });
  await insertMentions(tx, 'discussion', id, given.mentioned);
  await discussionWritten.emit(tx, {
    ...{ id, authorId, createdAt: createdAt.getTime() },
    ...{ before: null, after: { title, bodyText: rendering.text } },
  });
  if (deletedAt === null) await discussionTitled.emit(tx, { discussionId: id, titleKey });
}

/** Concurrent writers may choose the same slug: the later one waits and chooses again. */
async function insertUnderSlug(
  tx: Transaction,
  row: Omit<Parameters<typeof insertNew<'discussion'>>[2], 'slug'>,
  base: string,
): Promise<void> {
  let refused: string | null = null;
  for (;;) {
    const slug = await nextFreeSlug(base, async (slugs) =>
      (await tx.all(takenSlugs, [slugs])).map((taken) => taken.slug),
    );
    if (await insertNew(tx, 'discussion', { ...row, slug })) return;
    // it is not the slug that is taken
    if (slug === refused)
      throw new Error(`A discussion has the external id or import key of "${row.id}" already.`);
    refused = slug;
  }
}
