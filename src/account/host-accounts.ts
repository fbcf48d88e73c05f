import type { JWTPayload } from 'jose';
import { loadStanding } from '../author/index.ts';
import type { NewId } from '../kit/ids.ts';
import type { Viewer } from '../kit/viewer.ts';
import type { IdentityParts } from './authenticate.ts';
import { type ClaimNames, handleIn, profileIn } from './host-claims.ts';
import { authorOf, type HostPerson } from './host-identity.ts';
import { type HostTokenSettings, type KeyTimes, openHostTokens } from './host-token.ts';

export interface HostAccounts {
  /** Who bears this token; null: it is not good. Throws UNAVAILABLE where that cannot be known at the moment. */
  viewerOf(parts: IdentityParts, token: string): Promise<Viewer | null>;
}

/** Three parts in base64url: anything else is not worth a signature's check. */
const JWT_SHAPE = /^[\w-]+\.[\w-]+\.[\w-]+$/;
/** OpenID Connect's own bound ("sub" in its Core, section 2). */
const SUBJECT_CHARS_MAX = 255;

/** Lets in who the host has signed in. */
export async function openHostAccounts(
  settings: HostTokenSettings,
  newId: NewId,
  note: (url: string, reason: unknown) => void,
  times: Partial<KeyTimes> = {},
): Promise<HostAccounts> {
  const check = await openHostTokens(settings, note, times);
  return {
    viewerOf: async (parts, token) => {
      const claims = JWT_SHAPE.test(token) ? await check(token, parts.now) : null;
      const person = claims && personIn(claims, settings.claims, parts.now);
      if (!person) return null;
      const { authorId, role } = await authorOf(parts, newId, person);
      const standing = await loadStanding(parts.db, authorId, role);
      const credential = { kind: 'HOST_TOKEN', id: null } as const;
      return { id: authorId, role, canWrite: true, ...standing, credential };
    },
  };
}

function personIn(claims: JWTPayload, names: ClaimNames, now: Date): HostPerson | null {
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
