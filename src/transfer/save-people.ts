// Catalog entries and authors.
import {
  AUTHOR_COMPANY,
  AUTHOR_COMPANY_SEGMENT,
  AUTHOR_INDUSTRY,
  AUTHOR_NAME,
  AUTHOR_TITLE,
  addImportedAuthor,
  fillImportedAuthor,
  holdsEmail,
} from '../forum/author/index.ts';
import { addImportedEntry, ENTRY_NAME } from '../forum/catalog/index.ts';
import { lowerSlug, UNICODE_SLUG } from '../text/slug.ts';
import { lineRule, type TextRule } from '../text/text-rules.ts';
import { checkedUrl, PAGE_URL, PICTURE_URL } from '../text/url-rule.ts';
import { type Batch, type PreparedRecord, RecordOmitted, type Saved } from './batch.ts';
import { fitName } from './fit-text.ts';
import { type ImportedRow, ROW_ID } from './imported-rows.ts';
import type { AuthorRecord, CategoryRecord, ProductRecord, TagRecord } from './records.ts';

/** Identities of providers hold an issuer's URL. */
const EXTERNAL_ID = lineRule('An external id', 500);

/** The id of a new row: the key of an export of Parley, or a new one. */
export function rowIdFor(batch: Batch, key: string, at: Date): string {
  return ROW_ID.test(key) ? key : batch.newId(at);
}

/** Adds a catalog entry, or finds the one of the same name. What is here already stays as it is. */
export async function saveEntry(
  batch: Batch,
  { record, key }: PreparedRecord<CategoryRecord | ProductRecord | TagRecord>,
  known: ImportedRow | undefined,
): Promise<Saved> {
  if (known) return { status: 'unchanged', rowId: known.rowId };
  const name = fitted(batch, record.name, ENTRY_NAME);
  if (name === null) throw new RecordOmitted(`a ${record.type} without a usable name`, `"${key}".`);
  const written = lowerSlug(record.slug ?? '');
  const slug = UNICODE_SLUG.test(written) ? written : null;
  const url = record.type === 'tag' ? undefined : urlOf(batch, record.url, PAGE_URL);
  const isAnswerable = record.type === 'category' ? record.isAnswerable : undefined;
  const id = rowIdFor(batch, key, batch.now);
  const rowId = await addImportedEntry(batch.tx, record.type, {
    ...{ id, name, slug },
    ...(url !== undefined && { url }),
    ...(isAnswerable !== undefined && { isAnswerable }),
  });
  return { status: rowId === id ? 'created' : 'unchanged', rowId };
}

/** The external id of an author as it is stored. Null if there is none that can be. */
export function externalIdOfAuthor({ externalId }: AuthorRecord): string | null {
  return externalId ? fitName(externalId, EXTERNAL_ID).text : null;
}

/** Adds an author, or fills what is empty in the one that an earlier import has added. */
export async function saveAuthor(
  batch: Batch,
  { record, key }: PreparedRecord<AuthorRecord>,
  known: ImportedRow | undefined,
): Promise<Saved> {
  const description = {
    name: nameOf(batch, record.name),
    title: fitted(batch, record.title, AUTHOR_TITLE),
    company: fitted(batch, record.company, AUTHOR_COMPANY),
    companySegment: fitted(batch, record.companySegment, AUTHOR_COMPANY_SEGMENT),
    industry: fitted(batch, record.industry, AUTHOR_INDUSTRY),
    avatarUrl: urlOf(batch, record.avatarUrl, PICTURE_URL),
  };
  if (known) {
    const isFilled = await fillImportedAuthor(batch.tx, known.rowId, description);
    // the revision tells that a person was here: see hasOwnPeople
    return { status: isFilled ? 'updated' : 'unchanged', rowId: known.rowId, revision: known.revision };
  }
  const createdAt = batch.optionalTime(record.createdAt) ?? batch.now;
  const id = rowIdFor(batch, key, createdAt);
  await addImportedAuthor(batch.tx, {
    ...{ id, createdAt, ...description, ...roleOf(batch, record) },
    handle: record.handle ?? null,
    externalId: batch.claimed('external ids of authors', fitted(batch, record.externalId, EXTERNAL_ID)),
  });
  return { status: 'created', rowId: id };
}

function roleOf(batch: Batch, { role = 'MEMBER', categories = [], products = [] }: AuthorRecord) {
  if (role !== 'MEMBER' && !batch.keepsRoles) {
    batch.omit('roles', `${role} became MEMBER: this forum has people of its own. --keep-roles keeps roles.`);
    return { role: 'MEMBER' as const, categoryIds: [], productIds: [] };
  }
  const ids = (kind: 'category' | 'product', keys: readonly string[]) =>
    keys.flatMap((key) => batch.idOf(kind, key, `${kind} of a role`) ?? []);
  const categoryIds = ids('category', categories);
  // a moderator without categories would moderate all
  if (categories.length > 0 && categoryIds.length === 0)
    return { role: 'MEMBER' as const, categoryIds: [], productIds: [] };
  return { role, categoryIds, productIds: ids('product', products) };
}

/** Names are public, and an e-mail address is not. */
function nameOf(batch: Batch, name: string | null | undefined): string | null {
  if (name && holdsEmail(name)) {
    batch.omit('names that are e-mail addresses');
    return null;
  }
  return fitted(batch, name, AUTHOR_NAME);
}

function fitted(batch: Batch, text: string | null | undefined, rule: TextRule): string | null {
  if (text === null || text === undefined) return null;
  const result = fitName(text, rule);
  if (result.text === null) {
    batch.omit('names and titles that break a rule', result.reason);
    return null;
  }
  for (const change of result.changes) batch.omit(`names and titles: ${change}`, `${rule.what}.`);
  return result.text;
}

/** An address as it was written, unless it has blanks or control characters: then as browsers read it. */
export function storedUrl(url: string, checked: string): string {
  return /[\p{C}\s]/u.test(url) ? checked : url;
}

function urlOf(batch: Batch, url: string | null | undefined, rule: typeof PAGE_URL): string | null {
  if (!url) return null;
  try {
    return storedUrl(url, checkedUrl(url, rule, 'url'));
  } catch (error) {
    batch.omit('addresses of pages and pictures', (error as Error).message);
    return null;
  }
}
