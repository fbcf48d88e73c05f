import { LRUCache } from 'lru-cache';

export const JSON_TYPE = 'application/json; charset=utf-8';
const GRAPHQL_TYPE = 'application/graphql-response+json; charset=utf-8';

/** The media types of answers, the default first. */
const OFFERED = [JSON_TYPE, GRAPHQL_TYPE];

/** The number of `accept` headers whose media type is cached, and the length of the longest of them. */
const ACCEPTS_MAX = 100;
const ACCEPT_CHARS_MAX = 500;

const known = new LRUCache<string, { readonly type: string | null }>({ max: ACCEPTS_MAX });

/**
 * The media type of an answer for a client's `accept` header, by RFC 9110, 12.5.1: of those that it prefers equally, the
 * one that it names most exactly, then first. Null if it accepts neither.
 */
export function mediaTypeFor(accept: string | undefined): string | null {
  if (accept === undefined || accept === '') return JSON_TYPE;
  const cached = known.get(accept);
  if (cached) return cached.type;
  const type = negotiate(accept);
  if (accept.length <= ACCEPT_CHARS_MAX) known.set(accept, { type });
  return type;
}

interface Range {
  readonly type: string;
  readonly charset: string | undefined;
  readonly quality: number;
  readonly position: number;
}

function negotiate(accept: string): string | null {
  const ranges = accept.split(',').flatMap((text, position) => rangeOf(text, position) ?? []);
  const [best] = OFFERED.flatMap((offered) => bestFor(offered, ranges) ?? [])
    .filter(({ range }) => range.quality > 0)
    .sort(byPreference);
  return best?.offered ?? null;
}

function rangeOf(text: string, position: number): Range | null {
  const [type = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase());
  if (!/^[^\s/]+\/[^\s/]+$/.test(type)) return null;
  const parameter = (name: string) =>
    parameters.find((one) => one.startsWith(`${name}=`))?.slice(name.length + 1);
  const quality = Number(parameter('q') ?? 1);
  const charset = parameter('charset')?.replaceAll('"', '');
  return { type, charset, quality: Number.isNaN(quality) ? 0 : quality, position };
}

interface Match {
  readonly offered: string;
  readonly range: Range;
  /** How exactly the range names the type. */
  readonly exactness: number;
}

/** The range that names the type most exactly decides its quality. */
function bestFor(offered: string, ranges: readonly Range[]): Match | null {
  const type = offered.slice(0, offered.indexOf(';'));
  const matches = ranges.flatMap((range): Match[] => {
    if (range.charset !== undefined && range.charset !== 'utf-8') return [];
    const exactness = ['*/*', 'application/*', type].indexOf(range.type);
    if (exactness < 0) return [];
    return [{ offered, range, exactness: 2 * exactness + (range.charset === undefined ? 0 : 1) }];
  });
  return matches.sort((a, b) => b.exactness - a.exactness)[0] ?? null;
}

function byPreference(a: Match, b: Match): number {
  return (
    b.range.quality - a.range.quality || b.exactness - a.exactness || a.range.position - b.range.position
  );
}
