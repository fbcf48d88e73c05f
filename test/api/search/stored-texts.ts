// Discussions and comments stored as they are, with the same ids on both engines, so that answers can be compared.
import { indexComment, indexDiscussion } from '../../../src/forum/search/index-texts.ts';
import { newId } from '../../../src/store/ids.ts';
import { type Database, insertRow } from '../../../src/store/index.ts';

export interface StoredText {
  readonly id: string;
  /** Null for a comment of the discussion before. */
  readonly title: string | null;
  readonly text: string;
  readonly createdAt: Date;
}

/** Ids and times for texts: an hour apart, and some at the same moment. */
export function numbered(texts: readonly Omit<StoredText, 'id' | 'createdAt'>[]): StoredText[] {
  return texts.map((text, i) => {
    const createdAt = new Date(Date.UTC(2026, 0, 1) + Math.floor(i / 2) * 3_600_000);
    return { ...text, id: newId(createdAt), createdAt };
  });
}

export async function store(db: Database, texts: readonly StoredText[]): Promise<void> {
  await db.transaction(async (tx) => {
    let discussionId = '';
    for (const { id, title, text, createdAt } of texts) {
      const written = { id, authorId: null, createdAt: createdAt.getTime(), before: null };
      const body = { body: text, bodyHtml: '', bodyText: text, createdAt };
      if (title === null) {
        await insertRow(tx, 'comment', { id, discussionId, ...body });
        await indexComment(tx, { ...written, after: { bodyText: text } });
        continue;
      }
      discussionId = id;
      const row = { id, slug: id, title, titleKey: id, ...body, lastActivityAt: createdAt };
      await insertRow(tx, 'discussion', row);
      await indexDiscussion(tx, { ...written, after: { title, bodyText: text } });
    }
  });
}
