// Feeds and sitemaps: what a guest may see, in the formats of feed readers and search engines. It knows nothing of HTTP.

export { loadGuide, loadMarkdownPage } from './agent-texts.ts';
export { FEED_FORMATS, FEED_TYPES, type FeedFormat } from './feed.ts';
export { FEED_KINDS, type FeedKind, loadFeed } from './load-feed.ts';
export { writeRobots } from './robots.ts';
export {
  EVERYTHING,
  planSitemaps,
  rangeNamed,
  SITEMAP_SIZES,
  type SitemapRange,
  type SitemapSizes,
  writeSitemap,
  writeSitemapIndex,
} from './sitemap.ts';
export { SitemapStates } from './sitemap-states.ts';
export { httpTime, writeFeed } from './write-feed.ts';
