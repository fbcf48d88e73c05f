import type { RevokeApiKeyInput } from '../generated/graphql.ts';
import type { Context } from '../kit/context.ts';
import { change } from '../kit/db/index.ts';
import { nothingHas, requiredRowId } from '../kit/global-id.ts';
import { enforce } from '../kit/verdict.ts';
import { requireWriter } from '../kit/viewer.ts';
import { write } from '../kit/write.ts';
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
  if (!(await loadApiKey(ctx, apiKeyId))) throw nothingHas(input.apiKeyId, 'input.apiKeyId');
  // rule
  enforce(mayRevokeApiKey(viewer, apiKeyId), 'input.apiKeyId');

  return write(ctx, 'revokeApiKey', input, async (tx) => {
    // change
    const revoked = await tx.run(revoke, [ctx.now(), apiKeyId, viewer.id]);
    if (revoked === 0) throw nothingHas(input.apiKeyId, 'input.apiKeyId');
    return { apiKeyId };
  });
}
