import type { JWTPayload } from 'jose';
import type { Viewer } from '../access/viewer.ts';
import { loadRoleScope } from '../forum/author/index.ts';
import type { NewId } from '../store/index.ts';
import type { IdentityParts } from './authenticate.ts';
import { type ClaimNames, handleIn, profileIn } from './host-claims.ts';
import { authorOf, type ExternalPerson } from './host-identity.ts';
import { type ExternalTokenSettings, type KeyTimes, openExternalTokens } from './host-token.ts';

export interface ExternalIdentities {
  /** Who bears this token; null: it is not good. Throws UNAVAILABLE where that cannot be known at the moment. */
  viewerOf(parts: IdentityParts, token: string): Promise<Viewer | null>;
}

/** Three parts in base64url: anything else is not worth a signature's check. */
const JWT_SHAPE = /^[\w-]+\.[\w-]+\.[\w-]+$/;
/** OpenID Connect's own bound ("sub" in its Core, section 2). */
const SUBJECT_CHARS_MAX = 255;

/** Lets in who the host has signed in. */
export async function openExternalIdentities(
  settings: ExternalTokenSettings,
  newId: NewId,
  note: (url: string, reason: unknown) => void,
  times: Partial<KeyTimes> = {},
): Promise<ExternalIdentities> {
  const check = await openExternalTokens(settings, note, times);
  return {
    viewerOf: async (parts, token) => {
      const claims = JWT_SHAPE.test(token) ? await check(token, parts.now) : null;
      const person = claims && personIn(claims, settings.claims, parts.now);
      if (!person) return null;
      const { authorId, role } = await authorOf(parts, newId, person);
      const standing = await loadRoleScope(parts.db, authorId, role);
      const credential = { kind: 'HOST_TOKEN', id: null } as const;
      return { id: authorId, role, canWrite: true, ...standing, credential };
    },
  };
}

function personIn(claims: JWTPayload, names: ClaimNames, now: Date): ExternalPerson | null {
  const { iss: issuer, sub: subject } = claims;
  if (issuer === undefined || !subject || subject.length > SUBJECT_CHARS_MAX) return null;
  // PostgreSQL stores neither, and no account is called so
  if (subject.includes('\0') || !subject.isWellFormed()) return null;
  const issuedAt = issuedAtIn(claims, now);
  return { issuer, subject, profile: profileIn(claims, names), handle: handleIn(claims, names), issuedAt };
}

/** Not later than now: a host's clock that ran ahead must not make later tokens look old. */
function issuedAtIn({ iat }: JWTPayload, now: Date): Date {
  const seconds: unknown = iat;
  if (typeof seconds !== 'number' || Number.isNaN(seconds)) return now;
  return new Date(Math.max(0, Math.min(seconds * 1000, now.getTime())));
}
