import type { JWTPayload } from 'jose';
import type { Viewer } from '../access/viewer.ts';
import { loadRoleScope } from '../forum/author/index.ts';
import type { Database, NewId } from '../store/index.ts';
import { authorOf, type ExternalPerson } from './external-author.ts';
import { type ClaimNames, handleIn, profileIn } from './external-claims.ts';
import {
  type ExternalIdentityLog,
  type ExternalTokenSettings,
  type KeyTimes,
  openExternalTokens,
} from './external-token.ts';

export interface ExternalIdentities {
  /** The viewer of a token. Null if it is invalid. Throws UNAVAILABLE if it cannot be checked at the moment. */
  viewerOf(parts: { readonly db: Database; readonly now: Date }, token: string): Promise<Viewer | null>;
}

/** Three parts in base64url. Nothing else needs its signature checked. */
const JWT_SHAPE = /^[\w-]+\.[\w-]+\.[\w-]+$/;
/** The maximum that OpenID Connect sets for "sub" (Core, section 2). */
const SUBJECT_CHARS_MAX = 255;

/** Accepts the tokens of an external identity provider. */
export async function openExternalIdentities(
  settings: ExternalTokenSettings,
  newId: NewId,
  log: ExternalIdentityLog,
  times: Partial<KeyTimes> = {},
): Promise<ExternalIdentities> {
  const check = await openExternalTokens(settings, log, times);
  const refusedFor = (reason: string) => {
    log.tokenRefused(reason);
    return null;
  };
  return {
    viewerOf: async ({ db, now }, token) => {
      if (!JWT_SHAPE.test(token)) return refusedFor('not a JWT');
      const claims = await check(token, now);
      if (!claims) return null;
      const person = personIn(claims, settings.claims, now);
      if (!person) return refusedFor('sub');
      const { authorId, role } = await authorOf(db, now, newId, person);
      const roleScope = await loadRoleScope(db, authorId, role);
      const credential = { kind: 'EXTERNAL_TOKEN', id: null } as const;
      return { id: authorId, role, canWrite: true, ...roleScope, credential };
    },
  };
}

function personIn(claims: JWTPayload, names: ClaimNames, now: Date): ExternalPerson | null {
  const issuer = claims.iss;
  // a signed token may still hold anything: jose leaves the type of "sub" to its callers
  const subject: unknown = claims.sub;
  if (issuer === undefined || typeof subject !== 'string' || !isSubject(subject)) return null;
  const issuedAt = issuedAtIn(claims, now);
  return { issuer, subject, profile: profileIn(claims, names), handle: handleIn(claims, names), issuedAt };
}

function isSubject(subject: string): boolean {
  if (subject === '' || subject.length > SUBJECT_CHARS_MAX) return false;
  // PostgreSQL can store neither, and no real subject holds them
  return !subject.includes('\0') && subject.isWellFormed();
}

/** At most `now`: a provider's clock that ran ahead must not make later tokens look old. */
function issuedAtIn({ iat }: JWTPayload, now: Date): Date {
  const seconds: unknown = iat;
  if (typeof seconds !== 'number' || Number.isNaN(seconds)) return now;
  return new Date(Math.max(0, Math.min(seconds * 1000, now.getTime())));
}
