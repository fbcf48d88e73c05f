import type { Role } from '../../access/viewer.ts';
import { insertNew, statement, type Transaction } from '../../store/index.ts';
import { asciiSlugOf, nextFreeSlug } from '../../text/slug.ts';
import { HANDLE_CHARS_MAX, holdsEmail } from './author-rules.ts';
import { insertNameKeys } from './name-keys.ts';

/** A new author. Null members are unknown. */
interface NewAuthor {
  readonly id: string;
  readonly role: Role;
  readonly name: string | null;
  readonly title?: string | null;
  readonly company?: string | null;
  readonly companySegment?: string | null;
  readonly industry?: string | null;
  readonly avatarUrl?: string | null;
  /** Free. */
  readonly externalId?: string | null;
  /** The preferred handle. If it is taken or omitted, a free one is derived from it or from the name. */
  readonly handle?: string | null;
  readonly createdAt: Date;
}

const takenHandles = statement<{ slug: string }>(
  'author.takenHandles',
  (d) => `SELECT handle AS slug FROM author WHERE ${d.inList('handle')}`,
);

/** Adds an author under a free handle. Returns the handle. */
export async function createAuthor(tx: Transaction, author: NewAuthor): Promise<string> {
  const wanted = author.handle ?? author.name ?? 'author';
  const base = asciiSlugOf(holdsEmail(wanted) ? 'author' : wanted, 'author', HANDLE_CHARS_MAX);
  let refused: string | null = null;
  for (;;) {
    const handle = await nextFreeSlug(base, async (slugs) =>
      (await tx.all(takenHandles, [slugs])).map((taken) => taken.slug),
    );
    // a concurrent writer may choose the same handle: the insert waits for it, and the loop chooses again
    if (await insertNew(tx, 'author', { ...author, handle })) {
      await insertNameKeys(tx, { id: author.id, handle, name: author.name });
      return handle;
    }
    if (handle === refused) throw new Error(`An author has the external id of "${author.id}" already.`);
    refused = handle;
  }
}
