// Who a good token's bearer is here: an author for each issuer and subject, made when they first come.

import type { Role } from '../access/viewer.ts';
import { createAuthor, writeDescription, writeRoleScope } from '../forum/author/index.ts';
import type { NewId } from '../store/index.ts';
import { insertNew, isForeignKeyViolation, statement, type Transaction, updateRows } from '../store/index.ts';
import type { IdentityParts } from './authenticate.ts';
import { type ExternalProfile, hashOfProfile } from './host-claims.ts';
import { roleScopeIn } from './host-standing.ts';

/** Somebody as a token shows them. */
export interface ExternalPerson {
  readonly issuer: string;
  readonly subject: string;
  readonly profile: ExternalProfile;
  /** Wished for; null: no wish. */
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
);

/**
 * The author of a person: one statement, and no write, unless they are new or their claims have changed. Claims
 * replace what was edited here, and only when they change.
 */
export async function authorOf(
  parts: IdentityParts,
  newId: NewId,
  person: ExternalPerson,
): Promise<{ readonly authorId: string; readonly role: Role }> {
  const { db, now } = parts;
  const claimsHash = hashOfProfile(person.profile);
  const key = [person.issuer, person.subject];
  for (;;) {
    const [known] = await db.read.all(identity, key);
    if (known && !hasNews(known, claimsHash, person)) return known;
    const authorId = known?.authorId ?? newId(now);
    try {
      // as a write of their own: a replica that does not show it yet would not know them
      const own = await db.forActor(authorId);
      return await own.transaction(async (tx) => {
        const [row] = await tx.all(identity, key);
        if (!row) return addAuthor(tx, authorId, person, claimsHash, now);
        return hasNews(row, claimsHash, person) ? takeOver(tx, row, person, claimsHash) : row;
      });
    } catch (error) {
      // or a category or product of theirs has just been removed: then it is none of theirs
      if (!(error instanceof FirstElsewhere) && !isForeignKeyViolation(error)) throw error;
    }
  }
}

function hasNews(row: IdentityRow, claimsHash: string, { issuedAt }: ExternalPerson): boolean {
  return row.claimsHash !== claimsHash && issuedAt.getTime() >= row.claimsIssuedAt;
}

/** Another request has made the author at the same moment: this one's is undone, and theirs is taken. */
class FirstElsewhere extends Error {}

async function addAuthor(
  tx: Transaction,
  id: string,
  person: ExternalPerson,
  claimsHash: string,
  now: Date,
): Promise<{ authorId: string; role: Role }> {
  const { issuer, subject, profile, handle, issuedAt } = person;
  const { name = null, ...described } = profile.described;
  await createAuthor(tx, { id, role: 'MEMBER', name, ...described, handle, createdAt: now });
  const isFirst = await insertNew(tx, 'external_identity', {
    ...{ issuer, subject, authorId: id, createdAt: now, claimsHash },
    claimsIssuedAt: issuedAt,
  });
  if (!isFirst) throw new FirstElsewhere();
  const standing = await roleScopeIn(tx, profile);
  if (standing) await writeRoleScope(tx, id, standing);
  return { authorId: id, role: standing?.role ?? 'MEMBER' };
}

/** Writes changed claims; of several requests at once the first does, and the others find it done. */
async function takeOver(tx: Transaction, row: IdentityRow, person: ExternalPerson, claimsHash: string) {
  const { issuer, subject, profile, issuedAt } = person;
  const isFirst = await updateRows(
    tx,
    'external_identity',
    { issuer, subject, claimsHash: row.claimsHash },
    { claimsHash, claimsIssuedAt: issuedAt },
  );
  if (isFirst === 0) throw new FirstElsewhere();
  await writeDescription(tx, row.authorId, profile.described);
  const standing = await roleScopeIn(tx, profile);
  if (standing) await writeRoleScope(tx, row.authorId, standing);
  return { authorId: row.authorId, role: standing?.role ?? row.role };
}
