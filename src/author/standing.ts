import { type Database, type MaybePromise, statement } from '../kit/db/index.ts';
import { after } from '../kit/later.ts';
import type { Role, Viewer } from '../kit/viewer.ts';

// these rows have no id of their own, and must not look as if they had: see marks.ts
const categoriesOf = statement<{ ofId: string }>(
  'author.moderates',
  'SELECT category_id AS "ofId" FROM moderated_category WHERE author_id = ?',
);
const productsOf = statement<{ ofId: string }>(
  'author.speaksFor',
  'SELECT product_id AS "ofId" FROM vendor_product WHERE author_id = ?',
);

const NONE: ReadonlySet<string> = new Set();

/** What an author's role covers. No statement for members and admins, one for the others. */
export function loadStanding(
  db: Pick<Database, 'read'>,
  authorId: string,
  role: Role,
): MaybePromise<Pick<Viewer, 'moderates' | 'speaksFor'>> {
  const ids = (of: typeof categoriesOf) =>
    after(db.read.all(of, [authorId]), (rows) => new Set(rows.map(({ ofId }) => ofId)));
  // an admin's key may be one that only moderates: then everything
  if (role === 'ADMIN') return { moderates: 'ALL', speaksFor: NONE };
  if (role === 'VENDOR') return after(ids(productsOf), (speaksFor) => ({ moderates: NONE, speaksFor }));
  if (role !== 'MODERATOR') return { moderates: NONE, speaksFor: NONE };
  return after(ids(categoriesOf), (categories) => ({
    moderates: categories.size === 0 ? 'ALL' : categories,
    speaksFor: NONE,
  }));
}
