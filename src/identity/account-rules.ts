import type { Context } from '../access/context.ts';
import type { Policy } from '../access/policy.ts';
import { ALLOWED, enforce, firstRefused, refused, type Verdict } from '../access/verdict.ts';
import { mayWrite, type Viewer } from '../access/viewer.ts';
import type { ApiKeyScope } from '../generated/graphql.ts';
import { scopesOf } from './scopes.ts';

/** Whether somebody may make an account: no question of who they are. */
export function mayCreateAccount(policy: Policy): Verdict {
  return policy.signUp ? ALLOWED : refused('FORBIDDEN', 'Accounts cannot be created here.');
}

/** Whether somebody may see and change how they sign in. A key that leaked must neither read addresses nor lock its owner out. */
export function mayKeepAccount(viewer: Viewer | null): Verdict {
  return viewer?.credential.kind === 'API_KEY'
    ? refused('FORBIDDEN', 'An API key cannot be used for this: sign in instead.')
    : mayWrite(viewer);
}

/** Whether somebody may set another password for the present one. */
export function mayChangePassword(viewer: Viewer | null, hasAccount: boolean): Verdict {
  const elsewhere = 'You have no password here, because you sign in elsewhere.';
  return mayOwn(viewer, hasAccount, elsewhere);
}

/** Whether somebody may have a letter sent to their address. */
export function mayConfirmAddress(viewer: Viewer | null, hasAccount: boolean): Verdict {
  return mayOwn(viewer, hasAccount, 'You have no e-mail address here, because you sign in elsewhere.');
}

function mayOwn(viewer: Viewer | null, hasAccount: boolean, elsewhere: string): Verdict {
  return firstRefused(
    () => mayKeepAccount(viewer),
    () => (hasAccount ? ALLOWED : refused('FORBIDDEN', elsewhere)),
  );
}

/** Whether somebody may end the session that they ask with. */
export function maySignOut(viewer: Viewer | null): Verdict {
  return firstRefused(
    () => mayWrite(viewer),
    () =>
      viewer?.credential.kind === 'SESSION'
        ? ALLOWED
        : refused('FORBIDDEN', 'This request does not use a session, so there is none to end.'),
  );
}

/** The first step of what is done to one's own account. Throws UNAUTHENTICATED for a guest, FORBIDDEN for an API key. */
export function requireOwner(ctx: Pick<Context, 'viewer'>): Viewer {
  enforce(mayKeepAccount(ctx.viewer));
  return ctx.viewer as Viewer;
}

/** As much of the key that is being used as a new one must not exceed. */
export interface MakingKey {
  /** Null: never. */
  readonly expiresAt: number | null;
}

/** Whether somebody may make a key for these scopes. */
export function mayGiveScopes(viewer: Viewer, scopes: readonly ApiKeyScope[]): Verdict {
  const own = scopesOf(viewer);
  const beyond = scopes.find((scope) => !own.includes(scope));
  return beyond
    ? refused('FORBIDDEN', `You cannot grant the scope ${beyond}: your credential does not have it.`)
    : ALLOWED;
}

/** Whether a key, or somebody without one (null), may make a key that lasts until then; null: for ever. */
export function mayLastUntil(making: MakingKey | null, expiresAt: Date | null): Verdict {
  const end = making?.expiresAt ?? null;
  if (end === null || (expiresAt !== null && expiresAt.getTime() <= end)) return ALLOWED;
  return refused('FORBIDDEN', 'A key that is created with an API key cannot last longer than that key.');
}

/** Whether somebody may end one of their keys. A key that leaked must not end the others. */
export function mayRevokeApiKey(viewer: Viewer, apiKeyId: string): Verdict {
  const { kind, id } = viewer.credential;
  return kind !== 'API_KEY' || id === apiKeyId
    ? ALLOWED
    : refused('FORBIDDEN', 'An API key can revoke only itself.');
}
