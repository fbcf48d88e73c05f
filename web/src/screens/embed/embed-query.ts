import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Visit } from '../../http/visit.ts';
import { withQuery } from '../../parts/paths.ts';

/** Longer keys than the API accepts. */
const EXTERNAL_ID_CHARS_MAX = 255;
const TITLE_CHARS_MAX = 300;

/** What a page of another site says of itself in the address of its frame. */
export interface EmbedQuery {
  readonly externalId: string;
  readonly title: string;
  /** The address of the page. Null unless it is on an origin that may embed discussions. */
  readonly pageUrl: string | null;
  /** Whether the host has signed key and title with its API key. */
  readonly isSigned: boolean;
  readonly after: string | null;
  /** The comment that the page must contain. */
  readonly around: string | null;
}

/**
 * Reads the address of the frame. Null if it has no key that a discussion can have. `replyToId`: the comment that a form
 * replies to, if this is the answer to one.
 */
export function readEmbedQuery(visit: Visit, replyToId: string | null = null): EmbedQuery | null {
  const { site } = visit;
  const query = new URL(visit.here, site.url).searchParams;
  const externalId = query.get('id') ?? '';
  if (externalId === '' || [...externalId].length > EXTERNAL_ID_CHARS_MAX) return null;
  const title = (query.get('title') ?? '').replace(/\s+/g, ' ').trim() || externalId;
  const after = replyToId === null ? query.get('after') : null;
  return {
    externalId,
    title: [...title].slice(0, TITLE_CHARS_MAX).join(''),
    pageUrl: ownUrl(query.get('url'), site.embedding.origins),
    isSigned: isSigned(site.embedding.apiKey, `${externalId}\n${title}`, query.get('signature')),
    after,
    around: replyToId ?? (after === null ? (query.get('comment') ?? query.get('reply')) : null),
  };
}

/** The origin of the page around the frame, to which the frame's script talks. Null if it may not embed discussions. */
export function hostOf(visit: Visit): string | null {
  const host = new URL(visit.here, visit.site.url).searchParams.get('host');
  return host !== null && visit.site.embedding.origins.includes(host) ? host : null;
}

/** The frame's address with other values in its query string. */
export function framePath(visit: Visit, changes: Readonly<Record<string, string | null>>): string {
  return withQuery(new URL(visit.here, visit.site.url), changes);
}

function ownUrl(text: string | null, origins: readonly string[]): string | null {
  if (text === null || !URL.canParse(text)) return null;
  const { origin, pathname, search } = new URL(text);
  return origins.includes(origin) ? origin + pathname + search : null;
}

/** HMAC-SHA256 with the API key, in hexadecimal. */
function isSigned(apiKey: string | null, text: string, signature: string | null): boolean {
  if (apiKey === null || signature === null) return false;
  const expected = createHmac('sha256', apiKey).update(text).digest();
  const given = Buffer.from(signature, 'hex');
  return given.length === expected.length && timingSafeEqual(given, expected);
}
