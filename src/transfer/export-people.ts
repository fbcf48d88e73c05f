// Catalog entries and authors.
import type { AuthorRow } from '../forum/author/index.ts';
import { type Statement, statement } from '../store/index.ts';
import { compact, type ExportScope, groupedRows, isoTime, rowsOf } from './export-rows.ts';
import type { AuthorRecord, CategoryRecord, ProductRecord, TagRecord } from './records.ts';

interface EntryRow {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly url: string | null;
  readonly isAnswerable: number | boolean | null;
}

const entries = (table: string, columns: string): Statement<EntryRow> =>
  statement(
    `transfer.export ${table}`,
    `SELECT t.id, t.slug, t.name, ${columns} FROM ${table} t WHERE t.id > ? ORDER BY t.id LIMIT ?`,
  );
const NO_URL = 'NULL AS url, NULL AS "isAnswerable"';
const CATEGORIES = entries('category', 't.url, t.is_answerable AS "isAnswerable"');
const PRODUCTS = entries('product', 't.url, NULL AS "isAnswerable"');
const TAGS = entries('tag', NO_URL);

type EntryRecord = CategoryRecord | ProductRecord | TagRecord;

/** The categories, products and tags. */
export async function* exportCatalog(scope: ExportScope): AsyncGenerator<EntryRecord> {
  const kinds = [
    ['category', CATEGORIES],
    ['product', PRODUCTS],
    ['tag', TAGS],
  ] as const;
  for (const [type, from] of kinds)
    for await (const rows of rowsOf(scope, from))
      for (const { id, name, slug, url, isAnswerable } of rows) {
        const entry = { type, key: id, name, slug, url };
        const isClosed = type === 'category' && !isAnswerable;
        yield compact<EntryRecord>(isClosed ? { ...entry, isAnswerable: false } : entry);
      }
}

interface StoredAuthor extends AuthorRow {
  readonly externalId: string | null;
}

const authors = statement<StoredAuthor>(
  'transfer.export author',
  `SELECT t.id, t.role, t.name, t.handle, t.title, t.company, t.company_segment AS "companySegment", t.industry,
    t.avatar_url AS "avatarUrl", t.external_id AS "externalId", t.created_at AS "createdAt"
    FROM author t WHERE t.id > ? ORDER BY t.id LIMIT ?`,
);

const scopeOf = (table: string, column: string): Statement<{ authorId: string; ofId: string }> =>
  statement(
    `transfer.export ${table}`,
    (d) => `SELECT t.author_id AS "authorId", t.${column} AS "ofId" FROM ${table} t
      WHERE ${d.inList('t.author_id')} ORDER BY t.author_id, t.${column}`,
  );
const MODERATES = scopeOf('moderated_category', 'category_id');
const SPEAKS_FOR = scopeOf('vendor_product', 'product_id');

/** The people. What their accounts keep is in other tables, which no export reads. */
export async function* exportAuthors(scope: ExportScope): AsyncGenerator<AuthorRecord> {
  for await (const rows of rowsOf(scope, authors)) {
    const ids = rows.map(({ id }) => id);
    const categories = await groupedRows(scope, MODERATES, ids, (row) => row.authorId);
    const products = await groupedRows(scope, SPEAKS_FOR, ids, (row) => row.authorId);
    for (const { id, role, externalId, createdAt, ...description } of rows)
      yield compact<AuthorRecord>({
        ...{ type: 'author', key: id, ...description },
        role: role === 'MEMBER' ? undefined : role,
        categories: categories(id).map(({ ofId }) => ofId),
        products: products(id).map(({ ofId }) => ofId),
        // an identity provider's name for them
        externalId: scope.isComplete ? externalId : null,
        createdAt: isoTime(createdAt),
      });
  }
}
