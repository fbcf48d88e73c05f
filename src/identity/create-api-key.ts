import type { Context } from '../access/context.ts';
import { badInput, unauthenticated } from '../access/errors.ts';
import { enforce } from '../access/verdict.ts';
import { requireWriter, type Viewer } from '../access/viewer.ts';
import { writeSecret } from '../access/write.ts';
import type { CreateApiKeyInput } from '../generated/graphql.ts';
import { statement, type Transaction } from '../store/index.ts';
import { checkedName } from '../text/text-rules.ts';
import { API_KEY_NAME } from './account-limits.ts';
import { type MakingKey, mayGiveScopes, mayLastUntil } from './account-rules.ts';
import { issueApiKey } from './issue-api-key.ts';
import { withIncluded } from './scopes.ts';

/** Makes a key for the viewer. Answers the row's id, and the key, which is nowhere else. */
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
  const wished = input.expiresAt ?? null;
  if (wished !== null && wished <= ctx.now())
    throw badInput('`expiresAt` must be in the future.', 'input.expiresAt');

  return writeSecret(ctx, 'createApiKey', input, async (tx) => {
    // load
    const making = await takeMakingKey(ctx, tx, viewer);
    const expiresAt = wished ?? (making?.expiresAt ? new Date(making.expiresAt) : null);
    // rule
    enforce(mayGiveScopes(viewer, scopes), 'input.scopes');
    enforce(mayLastUntil(making, expiresAt), 'input.expiresAt');
    // change
    const key = { authorId: viewer.id, name, scopes, createdAt: ctx.now(), expiresAt };
    return issueApiKey(tx, ctx.newId, key);
  });
}

const takenKey = statement<MakingKey>(
  'api_key.taken',
  (d) => `SELECT expires_at AS "expiresAt" FROM api_key WHERE id = ? AND revoked_at IS NULL ${d.forUpdate}`,
);
const takenSession = statement<{ readonly id: string }>(
  'session.taken',
  (d) => `SELECT id FROM session WHERE id = ? ${d.forUpdate}`,
);

/**
 * The key that the request came with; null: it came with none. A key or a session that is being ended makes no other
 * key: whoever ends it for its having leaked would not know of that one.
 */
async function takeMakingKey(ctx: Context, tx: Transaction, viewer: Viewer): Promise<MakingKey | null> {
  const { kind, id } = viewer.credential;
  if (kind === 'SESSION' && (await tx.all(takenSession, [id])).length === 0)
    throw unauthenticated('This session has ended.');
  if (kind !== 'API_KEY') return null;
  const [key] = await tx.all(takenKey, [id]);
  if (!key || (key.expiresAt !== null && key.expiresAt <= ctx.now().getTime()))
    throw unauthenticated('This API key has been revoked.');
  return key;
}
