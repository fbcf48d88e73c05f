// The author of an external person: one for each issuer and subject, created when they first come.
import type { Role } from '../access/viewer.ts';
import {
  createAuthor,
  type ModerationBy,
  type NewRoleScope,
  writeDescription,
  writeRoleScope,
} from '../forum/author/index.ts';
import {
  type Database,
  insertNew,
  isForeignKeyViolation,
  type NewId,
  statement,
  type Transaction,
  updateRows,
} from '../store/index.ts';
import { type ExternalProfile, hashOfProfile } from './external-claims.ts';

/** A person as a token describes them. */
export interface ExternalPerson {
  readonly issuer: string;
  readonly subject: string;
  readonly profile: ExternalProfile;
  /** The handle that the person prefers. Null: none. */
  readonly handle: string | null;
  readonly issuedAt: Date;
}

interface IdentityRow {
  readonly authorId: string;
  readonly claimsHash: string;
  readonly claimsIssuedAt: number;
  readonly role: Role;
}

const identity = statement<IdentityRow>(
  'account.identity',
  `SELECT i.author_id AS "authorId", i.claims_hash AS "claimsHash", i.claims_issued_at AS "claimsIssuedAt", a.role
    FROM external_identity i JOIN author a ON a.id = i.author_id WHERE i.issuer = ? AND i.subject = ?`,
  { table: 'external_identity', by: ['issuer', 'subject'] },
  { table: 'author', id: 'authorId' },
);

type AuthorRole = { readonly authorId: string; readonly role: Role };

/**
 * The author of a person. One query and no write unless the person is new or their claims have changed. Changed claims
 * overwrite local edits; unchanged claims do not.
 */
export async function authorOf(
  db: Database,
  now: Date,
  newId: NewId,
  person: ExternalPerson,
): Promise<AuthorRole> {
  const claimsHash = hashOfProfile(person.profile);
  const key = [person.issuer, person.subject];
  const by: ModerationBy = { actorId: null, at: now, newId };
  for (;;) {
    const [known] = await db.read.all(identity, key);
    if (known && !hasNewClaims(known, claimsHash, person)) return known;
    const authorId = known?.authorId ?? newId(now);
    try {
      // as this author's own write, so that their next read does not go to a replica that lags behind
      const own = await db.forActor(authorId);
      return await own.transaction(async (tx) => {
        const [row] = await tx.all(identity, key);
        if (!row) return addAuthor(tx, authorId, person, claimsHash, by);
        return hasNewClaims(row, claimsHash, person) ? applyClaims(tx, row, person, claimsHash, by) : row;
      });
    } catch (error) {
      // a foreign key is violated if a category or product of the claims has just been deleted: try again without it
      if (!(error instanceof LostRace) && !isForeignKeyViolation(error)) throw error;
    }
  }
}

function hasNewClaims(row: IdentityRow, claimsHash: string, { issuedAt }: ExternalPerson): boolean {
  return row.claimsHash !== claimsHash && issuedAt.getTime() >= row.claimsIssuedAt;
}

/** Another request has written the identity first. This one rolls back and reads what the other wrote. */
class LostRace extends Error {}

async function addAuthor(
  tx: Transaction,
  id: string,
  person: ExternalPerson,
  claimsHash: string,
  by: ModerationBy,
): Promise<AuthorRole> {
  const { issuer, subject, profile, handle, issuedAt } = person;
  const now = by.at;
  const { name = null, ...description } = profile.description;
  await createAuthor(tx, { id, role: 'MEMBER', name, ...description, handle, createdAt: now });
  const isFirst = await insertNew(tx, 'external_identity', {
    ...{ issuer, subject, authorId: id, createdAt: now, claimsHash },
    claimsIssuedAt: issuedAt,
  });
  if (!isFirst) throw new LostRace();
  return { authorId: id, role: (await applyRole(tx, id, profile, by)) ?? 'MEMBER' };
}

async function applyClaims(
  tx: Transaction,
  { authorId, role, claimsHash: oldHash }: IdentityRow,
  { issuer, subject, profile, issuedAt }: ExternalPerson,
  claimsHash: string,
  by: ModerationBy,
): Promise<AuthorRole> {
  const updated = await updateRows(
    tx,
    'external_identity',
    { issuer, subject, claimsHash: oldHash },
    { claimsHash, claimsIssuedAt: issuedAt },
  );
  if (updated === 0) throw new LostRace();
  await writeDescription(tx, authorId, profile.description);
  return { authorId, role: (await applyRole(tx, authorId, profile, by)) ?? role };
}

/** Writes the role and the role scope of a profile. Null, with nothing written, if the profile has no role. */
async function applyRole(
  tx: Transaction,
  authorId: string,
  profile: ExternalProfile,
  by: ModerationBy,
): Promise<Role | null> {
  const roleScope = await roleScopeIn(tx, profile);
  if (roleScope) await writeRoleScope(tx, authorId, roleScope, by);
  return roleScope?.role ?? null;
}

const bySlugs = (table: 'category' | 'product') =>
  statement<{ id: string }>(
    `account.${table}BySlugs`,
    (d) => `SELECT id FROM ${table} WHERE ${d.inList('slug')} ORDER BY id`,
  );
const CATEGORIES = bySlugs('category');
const PRODUCTS = bySlugs('product');

/**
 * The role of a profile and its scope. A moderator whose claimed categories do not exist becomes a member: a moderator
 * without categories would moderate all of them.
 */
async function roleScopeIn(tx: Transaction, profile: ExternalProfile): Promise<NewRoleScope | null> {
  const { role, categorySlugs, productSlugs = [] } = profile;
  if (role === undefined) return null;
  if (role === 'VENDOR') {
    const rows = productSlugs.length > 0 ? await tx.all(PRODUCTS, [productSlugs]) : [];
    return { role, categoryIds: [], productIds: rows.map(({ id }) => id) };
  }
  if (role !== 'MODERATOR' || categorySlugs === undefined) return { role, categoryIds: [], productIds: [] };
  const rows = categorySlugs.length > 0 ? await tx.all(CATEGORIES, [categorySlugs]) : [];
  if (rows.length === 0) return { role: 'MEMBER', categoryIds: [], productIds: [] };
  return { role, categoryIds: rows.map(({ id }) => id), productIds: [] };
}
