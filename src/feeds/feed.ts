// What a feed contains, whatever its format.

/** The formats, by the ending of a feed's URL. */
export const FEED_FORMATS = ['atom', 'rss', 'json'] as const;
export type FeedFormat = (typeof FEED_FORMATS)[number];

export interface FeedAuthor {
  readonly name: string;
  /** The author's page. Null if unknown. */
  readonly url: string | null;
}

/** A discussion or a comment. */
export interface FeedEntry {
  /** The URL of its page, which is its id too. */
  readonly url: string;
  readonly title: string;
  readonly author: FeedAuthor;
  /** HTML. Null if the feed would be too large with it. */
  readonly html: string | null;
  /** The beginning of the text. */
  readonly summary: string;
  readonly publishedAt: number;
  readonly updatedAt: number;
  /** Such as the category. */
  readonly tags: readonly string[];
}

export interface Feed {
  readonly title: string;
  readonly description: string;
  /** The page that shows the same. */
  readonly pageUrl: string;
  /** The feed's own URL, without the ending that names its format. */
  readonly baseUrl: string;
  /** When an entry last changed. */
  readonly updatedAt: number;
  readonly entries: readonly FeedEntry[];
}

/** The name of an author who is unknown. */
export const ANONYMOUS = 'Anonymous';

/** The media type of each format. */
export const FEED_TYPES: Readonly<Record<FeedFormat, string>> = {
  atom: 'application/atom+xml; charset=utf-8',
  rss: 'application/rss+xml; charset=utf-8',
  json: 'application/feed+json; charset=utf-8',
};

/** The URL of a feed in a format. */
export function feedUrl({ baseUrl }: Feed, format: FeedFormat): string {
  return `${baseUrl}.${format}`;
}
