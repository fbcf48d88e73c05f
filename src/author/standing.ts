import { type Database, statement } from '../kit/db/index.ts';
import type { Role, Viewer } from '../kit/viewer.ts';

const categoriesOf = statement<{ id: string }>(
  'author.moderates',
  'SELECT category_id AS "id" FROM moderated_category WHERE author_id = ?',
);
const productsOf = statement<{ id: string }>(
  'author.speaksFor',
  'SELECT product_id AS "id" FROM vendor_product WHERE author_id = ?',
);

const NONE: ReadonlySet<string> = new Set();

/** What an author's role covers. No statement for members and admins, one for the others. */
export async function loadStanding(
  db: Database,
  authorId: string,
  role: Role,
): Promise<Pick<Viewer, 'moderates' | 'speaksFor'>> {
  const ids = async (of: typeof categoriesOf) =>
    new Set((await db.read.all(of, [authorId])).map(({ id }) => id));
  // an admin's key may be one that only moderates: then everything
  if (role === 'ADMIN') return { moderates: 'ALL', speaksFor: NONE };
  if (role === 'VENDOR') return { moderates: NONE, speaksFor: await ids(productsOf) };
  if (role !== 'MODERATOR') return { moderates: NONE, speaksFor: NONE };
  const categories = await ids(categoriesOf);
  return { moderates: categories.size === 0 ? 'ALL' : categories, speaksFor: NONE };
}
