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
import { type CreatingKey, mayGiveScopes, mayLastUntil, mayRevokeApiKey } from './account-rules.ts';
import { issueApiKey, loadApiKey } from './api-keys.ts';
import { withIncluded } from './scopes.ts';

/** The owner's name for a key, by which they recognise it in a list. */
const API_KEY_NAME = lineRule('A name', 100);

/** Creates a key for the viewer. The result holds the row's id and the token, which is stored nowhere. */
export async function createApiKey(
  ctx: Context,
  input: CreateApiKeyInput,
): Promise<{ readonly apiKeyId: string; readonly token: string }> {
  // who
  const viewer = requireWriter(ctx);
  // input
  const name = checkedName(input.name, API_KEY_NAME, 'input.name');
  const scopes = withIncluded(input.scopes);
  if (scopes.length === 0)
    throw badInput('An API key needs at least one scope, such as `READ`.', 'input.scopes');
  const requestedEnd = input.expiresAt ?? null;
  if (requestedEnd !== null && requestedEnd <= ctx.now())
    throw badInput('`expiresAt` must be in the future.', 'input.expiresAt');

  return writeSecret(ctx, 'createApiKey', input, async (tx) => {
    // load
    const creatingKey = await lockCredentialForUpdate(ctx, tx, viewer);
    const expiresAt = requestedEnd ?? (creatingKey?.expiresAt ? new Date(creatingKey.expiresAt) : null);
    // rule
    enforce(mayGiveScopes(viewer, scopes), 'input.scopes');
    enforce(mayLastUntil(creatingKey, expiresAt), 'input.expiresAt');
    // change
    const key = { authorId: viewer.id, name, scopes, createdAt: ctx.now(), expiresAt };
    return issueApiKey(tx, ctx.newId, key);
  });
}

const keyForUpdate = statement<CreatingKey>(
  'api_key.forUpdate',
  (d) => `SELECT expires_at AS "expiresAt" FROM api_key WHERE id = ? AND revoked_at IS NULL ${d.forUpdate}`,
);
const sessionForUpdate = statement<{ readonly id: string }>(
  'session.forUpdate',
  (d) => `SELECT id FROM session WHERE id = ? ${d.forUpdate}`,
);

/**
 * Locks the session or key that the request uses, and returns the key (null if it uses none). A key or session that has
 * just been ended must not create a key: the person who ended it because it leaked would not know about the new one.
 */
async function lockCredentialForUpdate(
  ctx: Context,
  tx: Transaction,
  viewer: Viewer,
): Promise<CreatingKey | null> {
  const { kind, id } = viewer.credential;
  if (kind === 'SESSION' && (await tx.all(sessionForUpdate, [id])).length === 0)
    throw unauthenticated('This session has ended.');
  if (kind !== 'API_KEY') return null;
  const [key] = await tx.all(keyForUpdate, [id]);
  if (!key || (key.expiresAt !== null && key.expiresAt <= ctx.now().getTime()))
    throw unauthenticated('This API key has been revoked.');
  return key;
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
