import { saveImportedAuthors } from '../forum/author/index.ts';
import { saveImportedEntry, saveImportedTags } from '../forum/catalog/index.ts';
import { hasImportedText, recountDiscussion, saveImportedComments } from '../forum/comment/index.ts';
import {
  acceptImportedAnswer,
  countDiscussion,
  createImportedDiscussion,
  findImportedDiscussion,
  isRearranged,
  lockDiscussionForRecount,
  updateImportedDiscussion,
  writeDiscussionCounters,
} from '../forum/discussion/index.ts';
import { adoptWaitingLinks, lockTitles, saveImportedLinks } from '../forum/related/index.ts';
import type { NewId, Tx } from '../store/index.ts';
import { titleKeyOf } from '../text/slug.ts';
import type { PreparedDocument } from './prepare-document.ts';

/** What an import did to a document's discussion. */
export type SaveStatus = 'created' | 'updated' | 'unchanged';

/**
 * Stores one document in the caller's transaction. Saving the same document again changes no row, and neither does a
 * document whose discussion was merged or split here.
 */
export async function saveDocument(tx: Tx, makeId: NewId, document: PreparedDocument): Promise<SaveStatus> {
  const newId: NewId = (at = document.asOf) => makeId(at);
  const known = await findImportedDiscussion(tx, document.discussion, (id) =>
    hasImportedText(tx, id, document.comments),
  );
  if (known === null) {
    await create(tx, newId, document);
    return 'created';
  }
  return (await update(tx, newId, document, known)) ? 'updated' : 'unchanged';
}

async function create(tx: Tx, newId: NewId, document: PreparedDocument): Promise<void> {
  const { product, category, discussion, asOf } = document;
  const productId = product && (await saveImportedEntry(tx, newId, 'product', product));
  const categoryId = category && (await saveImportedEntry(tx, newId, 'category', category));
  const tagIds = await saveImportedTags(tx, newId, document.tags);
  const [authorId = null] = await saveAuthors(tx, newId, [document.author], asOf);
  const references = { authorId, productId, categoryId, tagIds };
  const id = await createImportedDiscussion(tx, newId, discussion, references);
  const { thread } = await saveComments(tx, newId, id, document);
  const { importedNetVotes, time } = discussion;
  const votes = { importedNetVotes, up: 0, down: 0 };
  await writeDiscussionCounters(
    tx,
    id,
    countDiscussion({ ...votes, ...thread, createdAt: time.at.getTime() }),
  );
  await lockTitles(tx, [discussion.title, ...titlesOf(document.links)]);
  await saveImportedLinks(tx, newId, id, document.links);
  await adoptWaitingLinks(tx, id, titleKeyOf(discussion.title));
}

async function update(tx: Tx, newId: NewId, document: PreparedDocument, id: string): Promise<boolean> {
  await lockDiscussionForRecount(tx, id);
  // its comments are elsewhere, and must not come back
  if (await isRearranged(tx, id)) return false;
  const { title } = document.discussion;
  const { isChanged, isRetitled } = await updateImportedDiscussion(tx, id, document.discussion);
  const { changed } = await saveComments(tx, newId, id, document);
  await lockTitles(tx, [...(isRetitled ? [title] : []), ...titlesOf(document.links)]);
  const links = await saveImportedLinks(tx, newId, id, document.links);
  if (isRetitled) await adoptWaitingLinks(tx, id, titleKeyOf(title));
  const needsRecount = isChanged || changed > 0;
  if (needsRecount) await recountDiscussion(tx, id);
  return needsRecount || links > 0;
}

const titlesOf = (links: PreparedDocument['links']) => links.map(({ title }) => title);

async function saveComments(tx: Tx, newId: NewId, discussionId: string, document: PreparedDocument) {
  const { comments, commentAuthors, answer, asOf } = document;
  const saved = await saveImportedComments(tx, newId, discussionId, comments, (created) =>
    saveAuthors(
      tx,
      newId,
      created.map((i) => commentAuthors[i] ?? null),
      asOf,
    ),
  );
  const { ids, created, updated, thread } = saved;
  // only together with a new comment: an import must not accept an answer again that someone here has unmarked
  const accepted = answer !== null && created.includes(answer) ? comments[answer] : undefined;
  if (accepted?.deletedAt === null)
    await acceptImportedAnswer(tx, discussionId, ids[answer ?? 0] ?? '', accepted.time.at);
  return { thread, changed: created.length + updated };
}

async function saveAuthors(
  tx: Tx,
  newId: NewId,
  authors: PreparedDocument['commentAuthors'],
  asOf: Date,
): Promise<(string | null)[]> {
  const present = authors.flatMap((author) => author ?? []);
  const ids = await saveImportedAuthors(tx, newId, present, asOf);
  let next = 0;
  return authors.map((author) => (author ? (ids[next++] ?? null) : null));
}
