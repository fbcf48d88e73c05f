import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import {
  EVERYTHING,
  FEED_FORMATS,
  FEED_KINDS,
  FEED_TYPES,
  type FeedFormat,
  type FeedKind,
  loadFeed,
  planSitemaps,
  rangeNamed,
  SITEMAP_SIZES,
  type SitemapRange,
  type SitemapSizes,
  SitemapStates,
  writeFeed,
  writeRobots,
  writeSitemap,
  writeSitemapIndex,
} from '../../feeds/index.ts';
import { installAgentTexts } from './agent-text-routes.ts';
import {
  type DocumentParts,
  Guests,
  isUnchanged,
  mergedOrNotFound,
  PLAIN_TEXT,
  sendText,
} from './document-routes.ts';
import { refuseOtherMethods, refuseUnknownUrl } from './refuse.ts';

export interface FeedParts extends DocumentParts {
  /** If omitted, the sizes that the protocol allows. */
  readonly sitemapSizes?: SitemapSizes;
  /** Whether agents can connect by the Model Context Protocol. */
  readonly hasMcp: boolean;
}

const XML = 'application/xml; charset=utf-8';
const FEED_POINTS = 1;
/** A file takes more work than a feed. A crawler may fetch those of a million discussions within a minute. */
const SITEMAP_POINTS = 4;
/** How long the ranges of the files are used: finding them reads an index of all discussions. */
const PLAN_MS = 10 * 60_000;

/** All URLs of documents here. */
const URLS = [
  '/feeds/*',
  '/sitemap.xml',
  '/sitemaps/:name',
  '/robots.txt',
  '/llms.txt',
  '/discussions/:slug.md',
];

const FEED = new RegExp(`^(${FEED_KINDS.join('|')})(?:/([^/]+))?\\.(${FEED_FORMATS.join('|')})$`);

/** Serves feeds, sitemaps and robots.txt. Everything shows what a guest may see. */
export function installFeeds(app: FastifyInstance, parts: FeedParts): void {
  const { sitemapSizes: sizes = SITEMAP_SIZES } = parts;
  const guests = new Guests(parts);
  const states = new SitemapStates(sizes);
  for (const url of URLS) refuseOtherMethods(app, url);

  app.get('/feeds/*', async (request, reply) => {
    const { '*': path } = request.params as { '*': string };
    const [, kind, name = null, format] = FEED.exec(path) ?? [];
    if (kind === undefined) return refuseUnknownUrl(reply);
    const ctx = await guests.contextOf(request, FEED_POINTS);
    const feed = await loadFeed(ctx, kind as FeedKind, name);
    if (feed === null)
      return kind === 'discussions' && name !== null
        ? mergedOrNotFound(ctx, reply, name, (slug) => `/feeds/discussions/${slug}.${format}`)
        : refuseUnknownUrl(reply);
    const type = FEED_TYPES[format as FeedFormat];
    const changedAt = feed.updatedAt;
    return sendText(request, reply, { type, changedAt }, writeFeed(feed, format as FeedFormat));
  });

  app.get('/robots.txt', async (request, reply) => {
    const ctx = await guests.contextOf(request, FEED_POINTS);
    return sendText(request, reply, { type: PLAIN_TEXT, changedAt: null }, writeRobots(ctx));
  });

  installAgentTexts(app, guests, parts.hasMcp);

  let plan: { readonly madeAt: number; readonly ranges: ReturnType<typeof planSitemaps> } | null = null;
  app.get('/sitemap.xml', async (request, reply) => {
    const ctx = await guests.contextOf(request, SITEMAP_POINTS);
    const now = performance.now();
    if (plan === null || plan.madeAt + PLAN_MS < now)
      plan = { madeAt: now, ranges: planSitemaps(ctx, sizes) };
    const ranges = await plan.ranges.catch((error) => {
      plan = null;
      throw error;
    });
    if (ranges.length === 1) return sendSitemap(request, reply, EVERYTHING);
    const changedAt = Math.max(...ranges.map((range) => range.changedAt));
    return sendText(request, reply, { type: XML, changedAt }, writeSitemapIndex(ctx, ranges));
  });

  app.get('/sitemaps/:name', async (request, reply) => {
    const { name } = request.params as { name: string };
    const range = name.endsWith('.xml') ? rangeNamed(name.slice(0, -'.xml'.length)) : null;
    return range ? sendSitemap(request, reply, range, SITEMAP_POINTS) : refuseUnknownUrl(reply);
  });

  async function sendSitemap(
    request: FastifyRequest,
    reply: FastifyReply,
    range: SitemapRange,
    points = 0,
  ): Promise<FastifyReply> {
    const ctx = await guests.contextOf(request, points);
    const { isEmpty, ...state } = await states.stateOf(ctx, range);
    if (isEmpty) return refuseUnknownUrl(reply);
    if (isUnchanged(request, reply, { ...state, type: XML })) return reply.code(304).send();
    if (request.method === 'HEAD') return reply.send();
    // of bytes, so that no more than a page waits for a slow client
    return reply.send(Readable.from(writeSitemap(ctx, range, sizes), { objectMode: false }));
  }
}
