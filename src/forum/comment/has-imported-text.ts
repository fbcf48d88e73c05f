import type { Tx } from '../../store/index.ts';
import { threadIdsOf } from '../discussion/index.ts';
import { type ImportedComment, readImportKey, textKeyOf } from './imported-comment.ts';
import { LONG_TEXT_CHARS } from './match-imported-comments.ts';
import { importedInto } from './move-comments.ts';
import { textKeysOf } from './save-imported-comments.ts';

/**
 * Whether a discussion has a comment with one of these texts, or had one before a merge or a split moved it or made it the
 * question of another discussion.
 */
export async function hasImportedText(
  tx: Tx,
  discussionId: string,
  imported: readonly ImportedComment[],
): Promise<boolean> {
  if (imported.length === 0) return false;
  const threads = await threadIdsOf(tx, discussionId);
  const comments = await tx.comment.findMany({
    where: { discussionId: { in: threads } },
    select: { id: true, discussionId: true, importKey: true },
  });
  const questions = await tx.discussion.findMany({
    where: { id: { in: threads }, splitFromId: { not: null } },
    select: { id: true, importKey: true, body: true, revisions: { where: { revision: 1 } } },
  });
  const wanted = new Set(imported.map(({ textKey }) => textKey));
  const keyed = [...comments, ...questions.map((one) => ({ ...one, discussionId: one.id }))];
  if (keyed.some((one) => isImportedInto(discussionId, one, wanted))) return true;
  // of those that no document has added, only long texts tell
  const long = new Set(
    imported.filter(({ body }) => body.length >= LONG_TEXT_CHARS).map(({ textKey }) => textKey),
  );
  if (long.size === 0) return false;
  const bodies = questions.flatMap(({ body, revisions }) => [body, ...revisions.map((first) => first.body)]);
  if (bodies.some((body) => long.has(textKeyOf(body)))) return true;
  const keys = await textKeysOf(
    tx,
    comments.filter(({ importKey }) => importKey === null),
  );
  return [...keys.values()].some((key) => long.has(key));
}

/** Whether a document has added a comment, which may be elsewhere since, with one of these texts to a discussion. */
function isImportedInto(
  discussionId: string,
  { discussionId: now, importKey }: { readonly discussionId: string; readonly importKey: string | null },
  textKeys: ReadonlySet<string>,
): boolean {
  if (importKey === null) return false;
  const imported = importedInto({ discussionId: now, importKey });
  return imported.discussionId === discussionId && textKeys.has(readImportKey(imported.importKey).textKey);
}
