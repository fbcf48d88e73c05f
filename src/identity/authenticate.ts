import { unauthenticated } from '../access/errors.ts';
import type { Role, Viewer } from '../access/viewer.ts';
import { loadRoleScope } from '../forum/author/index.ts';
import { chain } from '../graphql/execution/index.ts';
import { type Database, type MaybePromise, statement } from '../store/index.ts';
import type { ExternalIdentities } from './host-accounts.ts';
import { type NoteParts, touchLastUsed } from './note-use.ts';
import { reducedTo, splitScopes } from './scopes.ts';
import { hashOf, kindOfToken, looksLikeOurs } from './token.ts';

export interface Credentials {
  /** The request's `Authorization` header. */
  readonly authorization: string | undefined;
}

export interface IdentityParts extends NoteParts {
  /** Where our own credentials are looked up: the database, or what is kept of it as long as it is so. */
  readonly lookups: Pick<Database, 'read'>;
  /** The host's own accounts. Absent or null: the forum takes no tokens but its own. */
  readonly hosts?: ExternalIdentities | null;
}

/**
 * Who sends a request; null: nobody says so, a guest. At once where the store answers at once. Throws UNAUTHENTICATED
 * for a credential that is not good, and never says why: the same words for forged, expired and revoked ones.
 */
export function authenticate(parts: IdentityParts, credentials: Credentials): MaybePromise<Viewer | null> {
  const token = bearerToken(credentials.authorization);
  if (token === null) return null;
  return chain(byToken(parts, token), (viewer) => {
    if (!viewer) throw unauthenticated('This credential is invalid or has expired: sign in again.');
    return viewer;
  });
}

/** Each kind of token has a way of its own; null: it is not good. */
function byToken(parts: IdentityParts, token: string): MaybePromise<Viewer | null> {
  switch (kindOfToken(token)) {
    case 'API_KEY':
      return byApiKey(parts, token);
    case 'SESSION':
      return bySession(parts, token);
    default:
      return parts.hosts && !looksLikeOurs(token) ? parts.hosts.viewerOf(parts, token) : null;
  }
}

/** The token of `Authorization: Bearer …`; null: no header. Other schemes are refused: whoever sends one means to be known. */
function bearerToken(header: string | undefined): string | null {
  if (header === undefined) return null;
  const token = /^Bearer +([\w.~+/-]+=*) *$/i.exec(header)?.[1];
  if (token === undefined) throw unauthenticated('Send the header as "Authorization: Bearer TOKEN".');
  return token;
}

// Their rows are looked up without regard to the time, and are kept as long as nothing touches them: what has ended is
// found out here. An author is joined from the left: then it is enough to know of the author's own changes.

interface CredentialRow {
  readonly id: string;
  readonly authorId: string;
  /** Null: never. */
  readonly expiresAt: number | null;
  readonly lastUsedAt: number | null;
  /** Null: somebody has removed the author past the forum's own checks. */
  readonly role: Role | null;
}
type KeyRow = CredentialRow & { readonly scopes: string };

/** Whether there is one whose time is not over, and whose author is there. */
function isGood<Row extends CredentialRow>(row: Row | undefined, now: Date): row is Row & { role: Role } {
  if (row === undefined || row.role === null) return false;
  return row.expiresAt === null || row.expiresAt > now.getTime();
}

const apiKeyByHash = statement<KeyRow>(
  'account.apiKeyByHash',
  `SELECT k.id, k.author_id AS "authorId", k.scopes, k.expires_at AS "expiresAt", k.last_used_at AS "lastUsedAt", a.role
    FROM api_key k LEFT JOIN author a ON a.id = k.author_id WHERE k.hash = ? AND k.revoked_at IS NULL`,
);

function byApiKey(parts: IdentityParts, token: string): MaybePromise<Viewer | null> {
  return chain(parts.lookups.read.all(apiKeyByHash, [hashOf(token)]), ([key]) => {
    if (!isGood(key, parts.now)) return null;
    const may = reducedTo(splitScopes(key.scopes), key.role);
    return viewerOf(parts, key, may, { kind: 'API_KEY', id: key.id });
  });
}

const sessionByHash = statement<CredentialRow>(
  'account.sessionByHash',
  `SELECT s.id, s.author_id AS "authorId", s.expires_at AS "expiresAt", s.last_used_at AS "lastUsedAt", a.role
    FROM session s LEFT JOIN author a ON a.id = s.author_id WHERE s.hash = ?`,
);

function bySession(parts: IdentityParts, token: string): MaybePromise<Viewer | null> {
  return chain(parts.lookups.read.all(sessionByHash, [hashOf(token)]), ([session]) => {
    if (!isGood(session, parts.now)) return null;
    const may = { role: session.role, canWrite: true };
    return viewerOf(parts, session, may, { kind: 'SESSION', id: session.id });
  });
}

function viewerOf(
  parts: IdentityParts,
  { id, authorId, role, lastUsedAt }: CredentialRow & { readonly role: Role },
  may: Pick<Viewer, 'role' | 'canWrite'>,
  credential: { readonly kind: 'SESSION' | 'API_KEY'; readonly id: string },
): MaybePromise<Viewer> {
  return chain(loadRoleScope(parts.lookups, authorId, role), (standing) => {
    touchLastUsed(parts, { kind: credential.kind, id, lastUsedAt });
    return { id: authorId, ...may, ...standing, credential };
  });
}
