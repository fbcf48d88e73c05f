import type { Context } from '../access/context.ts';
import type { Policy } from '../access/policy.ts';
import { ALLOWED, enforce, firstRefused, refused, type Verdict } from '../access/verdict.ts';
import { mayWrite, type Viewer } from '../access/viewer.ts';
import type { ApiKeyScope } from '../generated/graphql.ts';
import { scopesOf } from './scopes.ts';

/** Whether accounts can be created. This does not depend on the viewer. */
export function mayCreateAccount(policy: Policy): Verdict {
  return policy.signUp ? ALLOWED : refused('FORBIDDEN', 'Accounts cannot be created here.');
}

/**
 * Whether the viewer may see and change how they sign in. An API key may not: a leaked one must neither read addresses
 * nor lock its owner out.
 */
export function mayManageAccount(viewer: Viewer | null): Verdict {
  return viewer?.credential.kind === 'API_KEY'
    ? refused('FORBIDDEN', 'An API key cannot be used for this: sign in instead.')
    : mayWrite(viewer);
}

/** Whether the viewer may see when others have created and used their accounts. */
export function maySeeAccountStatus(viewer: Viewer | null): Verdict {
  return viewer?.role === 'ADMIN' ? ALLOWED : refused('FORBIDDEN', 'Only an admin can see this.');
}

/** Whether the viewer may change their password. */
export function mayChangePassword(viewer: Viewer | null, hasAccount: boolean): Verdict {
  return mayOwn(viewer, hasAccount, 'You have no password here, because you sign in elsewhere.');
}

/** Whether the viewer may request an e-mail that confirms their address. */
export function mayConfirmAddress(viewer: Viewer | null, hasAccount: boolean): Verdict {
  return mayOwn(viewer, hasAccount, 'You have no e-mail address here, because you sign in elsewhere.');
}

function mayOwn(viewer: Viewer | null, hasAccount: boolean, withoutAccount: string): Verdict {
  return firstRefused(
    () => mayManageAccount(viewer),
    () => (hasAccount ? ALLOWED : refused('FORBIDDEN', withoutAccount)),
  );
}

/** Whether the viewer may end the session that this request uses. */
export function maySignOut(viewer: Viewer | null): Verdict {
  return firstRefused(
    () => mayWrite(viewer),
    () =>
      viewer?.credential.kind === 'SESSION'
        ? ALLOWED
        : refused('FORBIDDEN', 'This request does not use a session, so there is none to end.'),
  );
}

/** The first step of writes to one's own account. Throws UNAUTHENTICATED for a guest and FORBIDDEN for an API key. */
export function requireOwner(ctx: Pick<Context, 'viewer'>): Viewer {
  enforce(mayManageAccount(ctx.viewer));
  return ctx.viewer as Viewer;
}

/** Whether the viewer may create a key with these scopes. */
export function mayGiveScopes(viewer: Viewer, scopes: readonly ApiKeyScope[]): Verdict {
  const own = scopesOf(viewer);
  // the scope that was asked for, not those that it includes
  const beyond = scopes.findLast((scope) => !own.includes(scope));
  return beyond
    ? refused('FORBIDDEN', `You cannot grant the scope ${beyond}: your credential does not have it.`)
    : ALLOWED;
}

/** Whether the viewer may revoke one of their keys. A leaked key must not revoke the others. */
export function mayRevokeApiKey(viewer: Viewer, apiKeyId: string): Verdict {
  const { kind, id } = viewer.credential;
  return kind !== 'API_KEY' || id === apiKeyId
    ? ALLOWED
    : refused('FORBIDDEN', 'An API key can revoke only itself.');
}
