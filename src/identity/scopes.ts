import type { Role, Viewer } from '../access/viewer.ts';
import type { ApiKeyScope } from '../generated/graphql.ts';

/** What a key of each role may be given. A key never does more than its author may. */
export const SCOPES_OF: Readonly<Record<Role, readonly ApiKeyScope[]>> = {
  MEMBER: ['READ', 'WRITE'],
  VENDOR: ['READ', 'WRITE'],
  MODERATOR: ['READ', 'WRITE', 'MODERATE'],
  ADMIN: ['READ', 'WRITE', 'MODERATE', 'ADMIN'],
};

/** All scopes, each of which includes those before it. */
const LADDER: readonly ApiKeyScope[] = ['READ', 'WRITE', 'MODERATE', 'ADMIN'];

/** Scopes with all that they include, from the least on. */
export function withIncluded(scopes: readonly ApiKeyScope[]): ApiKeyScope[] {
  return LADDER.slice(0, 1 + Math.max(...scopes.map((scope) => LADDER.indexOf(scope))));
}

/** The scopes that somebody has by the credential that they use. */
export function scopesOf({ role, canWrite }: Pick<Viewer, 'role' | 'canWrite'>): readonly ApiKeyScope[] {
  return canWrite ? SCOPES_OF[role] : ['READ'];
}

/** Scopes as they are stored. */
export function joinScopes(scopes: readonly ApiKeyScope[]): string {
  return scopes.join(' ');
}

/** Stored scopes as they are shown. */
export function splitScopes(stored: string): ApiKeyScope[] {
  return stored.split(' ') as ApiKeyScope[];
}

/** What an author may do by a key with these scopes: the lesser of the two. */
export function reducedTo(scopes: readonly ApiKeyScope[], role: Role): Pick<Viewer, 'role' | 'canWrite'> {
  const has = (scope: ApiKeyScope) => scopes.includes(scope);
  const canWrite = has('WRITE');
  if (role === 'ADMIN' && has('ADMIN')) return { role, canWrite };
  if ((role === 'ADMIN' || role === 'MODERATOR') && has('MODERATE')) return { role: 'MODERATOR', canWrite };
  return { role: role === 'VENDOR' ? role : 'MEMBER', canWrite };
}
