import type { Role, Viewer } from '../../access/viewer.ts';
import { chain } from '../../graphql/execution/index.ts';
import { type Database, type MaybePromise, statement } from '../../store/index.ts';

const categoriesOf = statement<{ ofId: string }>(
  'author.moderates',
  'SELECT category_id AS "ofId" FROM moderated_category WHERE author_id = ?',
  { table: 'moderated_category', by: ['author_id'] },
);
const productsOf = statement<{ ofId: string }>(
  'author.speaksFor',
  'SELECT product_id AS "ofId" FROM vendor_product WHERE author_id = ?',
  { table: 'vendor_product', by: ['author_id'] },
);

const NONE: ReadonlySet<string> = new Set();

/** What an author's role covers. No statement for members and admins, one for the others. */
export function loadRoleScope(
  db: Pick<Database, 'read'>,
  authorId: string,
  role: Role,
): MaybePromise<Pick<Viewer, 'moderates' | 'speaksFor'>> {
  const ids = (of: typeof categoriesOf) =>
    chain(db.read.all(of, [authorId]), (rows) => new Set(rows.map(({ ofId }) => ofId)));
  // an admin's key may be one that only moderates: then everything
  if (role === 'ADMIN') return { moderates: 'ALL', speaksFor: NONE };
  if (role === 'VENDOR') return chain(ids(productsOf), (speaksFor) => ({ moderates: NONE, speaksFor }));
  if (role !== 'MODERATOR') return { moderates: NONE, speaksFor: NONE };
  return chain(ids(categoriesOf), (categories) => ({
    moderates: categories.size === 0 ? 'ALL' : categories,
    speaksFor: NONE,
  }));
}
