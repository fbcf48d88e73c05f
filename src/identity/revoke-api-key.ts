import type { Context } from '../access/context.ts';
import { enforce } from '../access/verdict.ts';
import { requireWriter } from '../access/viewer.ts';
import { write } from '../access/write.ts';
import type { RevokeApiKeyInput } from '../generated/graphql.ts';
import { requiredRowId, unknownId } from '../graphql/global-id.ts';
import { change } from '../store/index.ts';
import { mayRevokeApiKey } from './account-rules.ts';
import { loadApiKey } from './api-key-reads.ts';

/** The moment of the first time stays: that is when the key stopped working. */
const revoke = change(
  'api_key.revoke',
  'UPDATE api_key SET revoked_at = coalesce(revoked_at, ?) WHERE id = ? AND author_id = ?',
);

/** Ends one of the viewer's keys. Answers its row's id. */
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
