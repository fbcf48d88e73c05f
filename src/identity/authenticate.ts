import { unauthenticated } from '../access/errors.ts';
import type { Role, Viewer } from '../access/viewer.ts';
import { loadRoleScope } from '../forum/author/index.ts';
import { chain } from '../graphql/execution/index.ts';
import { type MaybePromise, statement } from '../store/index.ts';
import type { ExternalIdentities } from './external-identities.ts';
import { reducedTo, splitScopes } from './scopes.ts';
import { hashOf, kindOfToken, looksLikeOurs } from './token.ts';
import { type TouchParts, touchLastUsed } from './touch-last-used.ts';

interface Credentials {
  /** The request's `Authorization` header. */
  readonly authorization: string | undefined;
}

interface IdentityParts extends TouchParts {
  /** Identities of an external provider. Omitted or null: only the forum's own tokens are accepted. */
  readonly externalIdentities?: ExternalIdentities | null;
  /** Gets the reason for which a session or API key was refused, for the operator's log. Clients never learn it. */
  readonly onRefused?: (reason: string) => void;
}

/**
 * The viewer of a request. Null without an `Authorization` header: a guest. Synchronous if the look-up is. Throws
 * UNAUTHENTICATED for an invalid credential, with the same message whether it is forged, expired or revoked.
 */
export function authenticate(parts: IdentityParts, credentials: Credentials): MaybePromise<Viewer | null> {
  const token = bearerToken(credentials.authorization);
  if (token === null) return null;
  return chain(byToken(parts, token), (viewer) => {
    if (!viewer) throw unauthenticated('This credential is invalid or has expired: sign in again.');
    return viewer;
  });
}

/** The viewer of a token. Null if it is invalid. */
function byToken(parts: IdentityParts, token: string): MaybePromise<Viewer | null> {
  switch (kindOfToken(token)) {
    case 'API_KEY':
      return byApiKey(parts, token);
    case 'SESSION':
      return bySession(parts, token);
    default:
      if (!looksLikeOurs(token) && parts.externalIdentities)
        return parts.externalIdentities.viewerOf(parts, token);
      parts.onRefused?.(looksLikeOurs(token) ? 'mistyped' : 'not a token of this forum');
      return null;
  }
}

/** The token of `Authorization: Bearer …`. Null without the header. Throws for any other scheme: its sender is no guest. */
function bearerToken(header: string | undefined): string | null {
  if (header === undefined) return null;
  const token = /^Bearer +([\w.~+/-]+=*) *$/i.exec(header)?.[1];
  if (token === undefined) throw unauthenticated('Send the header as "Authorization: Bearer TOKEN".');
  return token;
}

// The look-ups do not depend on the time, so their rows can be cached until a commit invalidates them. Expiry is checked
// here. LEFT JOIN: the row names its author even if the author is missing, so changes of that author invalidate it.

interface CredentialRow {
  readonly id: string;
  readonly authorId: string;
  /** Null: never. */
  readonly expiresAt: number | null;
  readonly lastUsedAt: number | null;
  /** Null if the author was deleted directly in the database. */
  readonly role: Role | null;
}
type KeyRow = CredentialRow & { readonly scopes: string };

/** Whether a credential was found, has not expired, and has an author. */
function isValid<Row extends CredentialRow>(
  { now, onRefused }: IdentityParts,
  row: Row | undefined,
): row is Row & { role: Role } {
  if (row === undefined || row.role === null) onRefused?.('unknown, ended or revoked');
  else if (row.expiresAt === null || row.expiresAt > now.getTime()) return true;
  else onRefused?.('expired');
  return false;
}

const apiKeyByHash = statement<KeyRow>(
  'account.apiKeyByHash',
  `SELECT k.id, k.author_id AS "authorId", k.scopes, k.expires_at AS "expiresAt", k.last_used_at AS "lastUsedAt", a.role
    FROM api_key k LEFT JOIN author a ON a.id = k.author_id WHERE k.hash = ? AND k.revoked_at IS NULL`,
  { table: 'api_key', by: ['hash'], columns: ['revoked_at'] },
  { table: 'author', id: 'authorId' },
);

function byApiKey(parts: IdentityParts, token: string): MaybePromise<Viewer | null> {
  return chain(parts.db.read.all(apiKeyByHash, [hashOf(token)]), ([key]) => {
    if (!isValid(parts, key)) return null;
    const may = reducedTo(splitScopes(key.scopes), key.role);
    return viewerWith(parts, key, may, { kind: 'API_KEY', id: key.id });
  });
}

const sessionByHash = statement<CredentialRow>(
  'account.sessionByHash',
  `SELECT s.id, s.author_id AS "authorId", s.expires_at AS "expiresAt", s.last_used_at AS "lastUsedAt", a.role
    FROM session s LEFT JOIN author a ON a.id = s.author_id WHERE s.hash = ?`,
  { table: 'session', by: ['hash'], columns: [] },
  { table: 'author', id: 'authorId' },
);

function bySession(parts: IdentityParts, token: string): MaybePromise<Viewer | null> {
  return chain(parts.db.read.all(sessionByHash, [hashOf(token)]), ([session]) => {
    if (!isValid(parts, session)) return null;
    const may = { role: session.role, canWrite: true };
    return viewerWith(parts, session, may, { kind: 'SESSION', id: session.id });
  });
}

function viewerWith(
  parts: IdentityParts,
  { id, authorId, role, lastUsedAt }: CredentialRow & { readonly role: Role },
  may: Pick<Viewer, 'role' | 'canWrite'>,
  credential: { readonly kind: 'SESSION' | 'API_KEY'; readonly id: string },
): MaybePromise<Viewer> {
  return chain(loadRoleScope(parts.db, authorId, role), (roleScope) => {
    touchLastUsed(parts, { kind: credential.kind, id, lastUsedAt });
    return { id: authorId, ...may, ...roleScope, credential };
  });
}
