import type { Role, Viewer } from '../access/viewer.ts';
import type { ApiKeyScope } from '../generated/graphql.ts';

/** The scopes that a key of each role may have. A key never may do more than its author. */
export const SCOPES_OF: Readonly<Record<Role, readonly ApiKeyScope[]>> = {
  MEMBER: ['READ', 'WRITE'],
  VENDOR: ['READ', 'WRITE'],
  MODERATOR: ['READ', 'WRITE', 'MODERATE'],
  ADMIN: ['READ', 'WRITE', 'MODERATE', 'ADMIN'],
};

/** All scopes. Each includes those before it. */
const ALL_SCOPES: readonly ApiKeyScope[] = ['READ', 'WRITE', 'MODERATE', 'ADMIN'];

/** These scopes and all that they include, in ascending order. */
export function withIncluded(scopes: readonly ApiKeyScope[]): ApiKeyScope[] {
  return ALL_SCOPES.slice(0, 1 + Math.max(...scopes.map((scope) => ALL_SCOPES.indexOf(scope))));
}

/** The scopes that a viewer has with the credential in use. */
export function scopesOf({ role, canWrite }: Pick<Viewer, 'role' | 'canWrite'>): readonly ApiKeyScope[] {
  return canWrite ? SCOPES_OF[role] : ['READ'];
}

/** Scopes as they are stored. */
export function joinScopes(scopes: readonly ApiKeyScope[]): string {
  return scopes.join(' ');
}

/** The scopes in their stored form. */
export function splitScopes(stored: string): ApiKeyScope[] {
  return stored.split(' ') as ApiKeyScope[];
}

/** What an author with this role may do with a key with these scopes: the lesser of the two. */
export function reducedTo(scopes: readonly ApiKeyScope[], role: Role): Pick<Viewer, 'role' | 'canWrite'> {
  const has = (scope: ApiKeyScope) => scopes.includes(scope);
  const canWrite = has('WRITE');
  if (role === 'ADMIN' && has('ADMIN')) return { role, canWrite };
  if ((role === 'ADMIN' || role === 'MODERATOR') && has('MODERATE')) return { role: 'MODERATOR', canWrite };
  return { role: role === 'VENDOR' ? role : 'MEMBER', canWrite };
}
