import { type ImportResult, importDocument } from '../../src/import/index.ts';
import { newId } from '../../src/store/ids.ts';
import type { TestDatabase } from '../support/database.ts';
import { type DiscussionDraft, threadDocument } from '../support/documents.ts';

/** The moment at which these tests' documents are captured. */
export const AS_OF = new Date('2026-11-24T03:00:00.000Z');

/** Importing into a test's database, and looking at what came of it. */
export function importing(opened: () => TestDatabase) {
  const loadText = (text: string, asOf = AS_OF): Promise<ImportResult> => {
    const deps = { db: opened().db, newId };
    return importDocument(deps, text, { fileName: 'a.md', asOf });
  };
  const load = (draft: DiscussionDraft, asOf = AS_OF) => loadText(threadDocument(draft), asOf);
  const found = (title: string) =>
    opened().db.write((tx) =>
      tx.discussion.findFirstOrThrow({
        where: { title },
        include: {
          comments: { orderBy: { id: 'asc' }, include: { author: true } },
          tags: { include: { tag: true } },
          relatedLinks: { orderBy: { position: 'asc' } },
          ...{ pin: true, author: true, product: true, category: true },
        },
      }),
    );
  const byBody = async (title: string, body: string) => {
    const comment = (await found(title)).comments.find((one) => one.body === body);
    if (!comment) throw new Error(`There is no comment "${body}".`);
    return comment;
  };
  return { load, loadText, found, byBody };
}
