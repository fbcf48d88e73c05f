// createApiKey and revokeApiKey.
import type { Context } from '../access/context.ts';
import { badInput, unauthenticated } from '../access/errors.ts';
import { enforce } from '../access/verdict.ts';
import { requireWriter, type Viewer } from '../access/viewer.ts';
import { write, writeSecret } from '../access/write.ts';
import type { CreateApiKeyInput, RevokeApiKeyInput } from '../generated/graphql.ts';
import { requiredRowId, unknownId } from '../graphql/global-id.ts';
import { change, statement, type Transaction } from '../store/index.ts';
import { checkedName, lineRule } from '../text/text-rules.ts';
import { mayGiveScopes, mayRevokeApiKey, requireOwner } from './account-rules.ts';
import { issueApiKey, loadApiKey } from './api-keys.ts';
import { withIncluded } from './scopes.ts';

/** The owner's name for a key, by which they recognise it in a list. */
const API_KEY_NAME = lineRule('A name', 100);

/** Creates a key for the viewer. The result holds the row's id and the token, which is stored nowhere. */
export async function createApiKey(
  ctx: Context,
  input: CreateApiKeyInput,
): Promise<{ readonly apiKeyId: string; readonly token: string }> {
  // who: no API key, so that a leaked one ends with its revocation
  const viewer = requireOwner(ctx);
  // input
  const name = checkedName(input.name, API_KEY_NAME, 'input.name');
  const scopes = withIncluded(input.scopes);
  if (scopes.length === 0)
    throw badInput('An API key needs at least one scope, such as `READ`.', 'input.scopes');
  const expiresAt = input.expiresAt ?? null;
  if (expiresAt !== null && expiresAt <= ctx.now())
    throw badInput('`expiresAt` must be in the future.', 'input.expiresAt');
  // rule: before a stored outcome, which holds the key
  enforce(mayGiveScopes(viewer, scopes), 'input.scopes');

  return writeSecret(ctx, 'createApiKey', input, async (tx) => {
    await lockSessionForUpdate(tx, viewer);
    // change
    const key = { authorId: viewer.id, name, scopes, createdAt: ctx.now(), expiresAt };
    return issueApiKey(tx, ctx.newId, key);
  });
}

const sessionForUpdate = statement<{ readonly id: string }>(
  'session.forUpdate',
  (d) => `SELECT id FROM session WHERE id = ? ${d.forUpdate}`,
);

/**
 * Locks the session that the request uses, if it uses one. A session that has just been ended must not create a key: the
 * person who ended it because it leaked would not know about the key.
 */
async function lockSessionForUpdate(tx: Transaction, { credential: { kind, id } }: Viewer): Promise<void> {
  if (kind === 'SESSION' && (await tx.all(sessionForUpdate, [id])).length === 0)
    throw unauthenticated('This session has ended.');
}

/** Keeps the time of the first revocation: that is when the key stopped working. */
const revoke = change(
  'api_key.revoke',
  'UPDATE api_key SET revoked_at = coalesce(revoked_at, ?) WHERE id = ? AND author_id = ?',
  { table: 'api_key', sets: ['revoked_at'], by: [null, 'id', 'author_id'] },
);

/** Revokes one of the viewer's keys. The result holds its row id. */
export async function revokeApiKey(
  ctx: Context,
  input: RevokeApiKeyInput,
): Promise<{ readonly apiKeyId: string }> {
  // who
  const viewer = requireWriter(ctx);
  // input
  const apiKeyId = requiredRowId('ApiKey', input.apiKeyId, 'input.apiKeyId');
  // load
  if (!(await loadApiKey(ctx, apiKeyId))) throw unknownId(input.apiKeyId, 'input.apiKeyId');
  // rule
  enforce(mayRevokeApiKey(viewer, apiKeyId), 'input.apiKeyId');

  return write(ctx, 'revokeApiKey', input, async (tx) => {
    // change
    const revoked = await tx.run(revoke, [ctx.now(), apiKeyId, viewer.id]);
    if (revoked === 0) throw unknownId(input.apiKeyId, 'input.apiKeyId');
    return { apiKeyId };
  });
}
