import type { Context } from '../../access/context.ts';
import type { Connection } from '../../graphql/connections/connection.ts';
import type { SortOrder } from '../../graphql/connections/cursor.ts';
import { countOf, type PageSource, pageOf } from '../../graphql/connections/page.ts';
import { type PageArgs, pageRequest } from '../../graphql/connections/page-args.ts';
import { chain } from '../../graphql/execution/index.ts';
import { groupedBy, loader, rowsInOrder } from '../../graphql/loader.ts';
import { type Statement, selectList, statement } from '../../store/index.ts';
import { lowerSlug } from '../../text/slug.ts';

export interface ProductRow {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly url: string | null;
}

export interface CategoryRow extends ProductRow {
  readonly isAnswerable: boolean | 0 | 1;
}

export interface TagRow {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
}

/** A table of the catalog and the statements that read it. */
interface CatalogTable<Row> extends PageSource<Row> {
  readonly byIds: Statement<Row>;
  readonly bySlugs: Statement<Row>;
}

function catalogTable<Row>(table: string, columns: readonly (keyof Row & string)[]): CatalogTable<Row> {
  const list = selectList({ columns }, 't');
  const where = (column: string) =>
    statement<Row>(`${table}.by ${column}`, (d) => `SELECT ${list} FROM ${d.foundBy(table, column)}`, {
      table,
      by: [column],
      columns: [],
    });
  const [byIds, bySlugs] = [where('id'), where('slug')];
  return { name: table, table, columns, listed: 'true', listedBy: {}, byIds, bySlugs };
}

export const products = catalogTable<ProductRow>('product', ['id', 'slug', 'name', 'url']);
export const categories = catalogTable<CategoryRow>('category', [
  'id',
  'slug',
  'name',
  'url',
  'isAnswerable',
]);
export const tags = catalogTable<TagRow>('tag', ['id', 'slug', 'name']);

/** Both engines compare bytes: PostgreSQL's migrations declare text columns COLLATE "C". */
export const BY_SLUG: SortOrder = {
  name: 'SLUG',
  column: 'slug',
  property: 'slug',
  ascending: true,
  kind: 'text',
};

/** The row with this id; null if there is none. */
export function loadById<Row extends TagRow>(
  ctx: Context,
  from: CatalogTable<Row>,
  id: string,
): Promise<Row | null> {
  return loader<Row | null>(ctx, `${from.table}.byId`, ({ db }, ids) =>
    rowsInOrder(ids, db.read.all(from.byIds, [ids]), (row) => row.id),
  ).load(id);
}

/**
 * The row with this slug, or with its lower-case form; null if there is none. Slugs are in lower case, except for those
 * of older imports, and old addresses may have capitals.
 */
export function loadBySlug<Row extends TagRow>(
  ctx: Context,
  from: CatalogTable<Row>,
  slug: string,
): Promise<Row | null> {
  return loader<Row | null>(ctx, `${from.table}.bySlug`, ({ db }, slugs) => {
    const wanted = [...new Set(slugs.flatMap((one) => [one, lowerSlug(one)]))];
    return chain(
      rowsInOrder(wanted, db.read.all(from.bySlugs, [wanted]), (row) => row.slug),
      (rows) => {
        const found = new Map(wanted.map((one, i) => [one, rows[i] ?? null]));
        return slugs.map((one) => found.get(one) ?? found.get(lowerSlug(one)) ?? null);
      },
    );
  }).load(slug);
}

const covered = <Row>(from: CatalogTable<Row>, link: string, author: string) =>
  statement<Row & { readonly authorId: string }>(
    `${link}.of ${author}`,
    (d) => `SELECT l.author_id AS "authorId", ${selectList(from, 't')} FROM ${link} l JOIN ${from.table} t
      ON t.id = l.${from.table}_id WHERE ${d.inList('l.author_id')} ORDER BY l.author_id, t.slug`,
    { table: link, by: ['author_id'], columns: [`${from.table}_id`] },
    { table: from.table, id: 'id' },
  );
const COVERED = {
  moderates: covered(categories, 'moderated_category', 'moderator'),
  speaksFor: covered(products, 'vendor_product', 'vendor'),
};

interface CoveredRows {
  readonly moderates: CategoryRow;
  readonly speaksFor: ProductRow;
}

/** A moderator's categories or a vendor's products, ordered by slug. */
export function loadCovered<By extends keyof CoveredRows>(
  ctx: Context,
  by: By,
  authorId: string,
): Promise<CoveredRows[By][]> {
  type Row = CoveredRows[By] & { readonly authorId: string };
  const rows = COVERED[by] as Statement<Row>;
  return loader<Row[]>(ctx, `catalog.${by}`, async ({ db }, ids) =>
    groupedBy(ids, await db.read.all(rows, [ids]), (row) => row.authorId),
  ).load(authorId);
}

/** A page of a whole table, ordered by slug. */
export async function pageBySlug<Row extends TagRow>(
  ctx: Context,
  from: CatalogTable<Row>,
  args: PageArgs,
): Promise<Connection<Row>> {
  const page = await pageOf(ctx.db, from, pageRequest(args, BY_SLUG), []);
  return { ...page, totalCount: () => countOf(ctx.db, from, []) };
}
