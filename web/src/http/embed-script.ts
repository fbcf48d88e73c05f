import type { Assets } from './assets.ts';
import { etagOf, hasCopy } from './etag.ts';
import type { WebAnswer, WebRequest } from './web-request.ts';

/** The script that other sites' pages load. Its address never changes, so browsers ask for a newer one every hour. */
export const EMBED_SCRIPT_PATH = '/embed.js';

/** The built script under its lasting address, for pages of all sites. */
export async function answerEmbedScript(request: WebRequest, assets: Assets): Promise<WebAnswer | null> {
  const url = assets.urls.get('embed.js') ?? '';
  const answer = await assets.answer({ ...request, url });
  if (answer === null) return null;
  const etag = etagOf(url);
  const headers = {
    ...answer.headers,
    'cache-control': 'public, max-age=3600',
    'cross-origin-resource-policy': 'cross-origin',
    etag,
  };
  return hasCopy(request, etag) ? { status: 304, headers, body: '' } : { ...answer, headers };
}
