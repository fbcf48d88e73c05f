// The three formats: Atom (RFC 4287), RSS 2.0 with the RSS Advisory Board's profile, and JSON Feed 1.1.
import { isoTime } from '../text/iso-time.ts';
import { element, xmlDocument } from '../text/xml.ts';
import { type Feed, type FeedEntry, type FeedFormat, feedUrl } from './feed.ts';

/** A feed in a format. It contains no time but those of its entries, so that it only changes when they do. */
export function writeFeed(feed: Feed, format: FeedFormat): string {
  return WRITERS[format](feed);
}

const GENERATOR = 'Parley';
const ATOM = 'http://www.w3.org/2005/Atom';
const DUBLIN_CORE = 'http://purl.org/dc/elements/1.1/';
/** Minutes for which a reader need not fetch a feed again. */
const RSS_MINUTES = '15';

const WRITERS: Readonly<Record<FeedFormat, (feed: Feed) => string>> = {
  atom: (feed) =>
    xmlDocument(
      element(
        'feed',
        { xmlns: ATOM },
        element('id', {}, feedUrl(feed, 'atom')),
        element('title', {}, feed.title),
        element('subtitle', {}, feed.description),
        element('updated', {}, isoTime(feed.updatedAt)),
        element('link', { rel: 'self', type: 'application/atom+xml', href: feedUrl(feed, 'atom') }),
        element('link', { rel: 'alternate', type: 'text/html', href: feed.pageUrl }),
        element('generator', {}, GENERATOR),
        feed.entries.map(atomEntry),
      ),
    ),
  rss: (feed) =>
    xmlDocument(
      element(
        'rss',
        { version: '2.0', 'xmlns:atom': ATOM, 'xmlns:dc': DUBLIN_CORE },
        element(
          'channel',
          {},
          element('title', {}, feed.title),
          element('link', {}, feed.pageUrl),
          element('description', {}, feed.description),
          element('atom:link', { rel: 'self', type: 'application/rss+xml', href: feedUrl(feed, 'rss') }),
          element('lastBuildDate', {}, httpTime(feed.updatedAt)),
          element('generator', {}, GENERATOR),
          element('ttl', {}, RSS_MINUTES),
          feed.entries.map(rssItem),
        ),
      ),
    ),
  json: (feed) =>
    JSON.stringify({
      version: 'https://jsonfeed.org/version/1.1',
      title: feed.title,
      description: feed.description,
      home_page_url: feed.pageUrl,
      feed_url: feedUrl(feed, 'json'),
      items: feed.entries.map(jsonItem),
    }),
};

function atomEntry({ url, title, author, html, summary, publishedAt, updatedAt, tags }: FeedEntry) {
  return element(
    'entry',
    // links in the content that are relative are relative to the page
    { 'xml:base': url },
    element('id', {}, url),
    element('title', {}, title),
    element('link', { rel: 'alternate', type: 'text/html', href: url }),
    element('published', {}, isoTime(publishedAt)),
    element('updated', {}, isoTime(updatedAt)),
    element('author', {}, element('name', {}, author.name), author.url && element('uri', {}, author.url)),
    tags.map((term) => element('category', { term })),
    html === null ? element('summary', {}, summary) : element('content', { type: 'html' }, html),
  );
}

function rssItem({ url, title, author, html, summary, publishedAt, tags }: FeedEntry) {
  return element(
    'item',
    {},
    element('title', {}, title),
    element('link', {}, url),
    element('guid', { isPermaLink: 'true' }, url),
    element('pubDate', {}, httpTime(publishedAt)),
    element('dc:creator', {}, author.name),
    tags.map((tag) => element('category', {}, tag)),
    // the content is HTML by definition, so that a plain text is escaped twice
    element('description', {}, html ?? escapedHtml(summary)),
  );
}

function jsonItem({ url, title, author, html, summary, publishedAt, updatedAt, tags }: FeedEntry): object {
  return {
    ...{ id: url, url, title },
    ...(html === null ? { content_text: summary } : { content_html: html }),
    date_published: isoTime(publishedAt),
    date_modified: isoTime(updatedAt),
    authors: [{ name: author.name, ...(author.url !== null && { url: author.url }) }],
    ...(tags.length > 0 && { tags }),
  };
}

/** The form of times in HTTP and, by RFC 822, in RSS. */
export function httpTime(ms: number): string {
  return new Date(ms).toUTCString();
}

function escapedHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
