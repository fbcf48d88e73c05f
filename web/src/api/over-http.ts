import { unreachable } from './api-error.ts';
import type { AskApi } from './ask-api.ts';

/** How long the API may take. It has time-outs of its own, which are shorter. */
const TIMEOUT_MS = 20_000;

/** Whether a setting is the URL of an API. Credentials in it are refused: `fetch` would repeat them in its errors. */
export function isApiUrl(text: string | undefined): text is string {
  if (text === undefined || !URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return /^https?:$/.test(protocol) && username === '' && password === '';
}

/**
 * Asks an API at a URL. It must trust this server's `X-Forwarded-For` (TRUST_PROXY), or all readers share one rate
 * limit.
 */
export function askOverHttp(url: string): AskApi {
  return async ({ query, variables, token, address, userAgent }) => {
    const headers: Record<string, string> = {
      'content-type': 'application/json',
      accept: 'application/json',
    };
    if (token !== null) headers['authorization'] = `Bearer ${token}`;
    if (address !== '') headers['x-forwarded-for'] = address;
    if (userAgent !== undefined) headers['user-agent'] = userAgent;
    const body = JSON.stringify({ query, variables });
    try {
      const signal = AbortSignal.timeout(TIMEOUT_MS);
      const response = await fetch(url, { method: 'POST', headers, body, signal });
      return await response.text();
    } catch (error) {
      throw unreachable(`The API at ${url} does not answer: ${error}`);
    }
  };
}
