import type { Context } from '../access/context.ts';
import { type AuthorRow, loadAuthor } from '../forum/author/index.ts';
import { categories, loadById, loadBySlug, products, tags } from '../forum/catalog/index.ts';
import { pageNewestComments } from '../forum/comment/index.ts';
import {
  type DiscussionRow,
  discussionOrders,
  discussionUrl,
  loadDiscussionBySlug,
  pageDiscussions,
  pageDiscussionsOf,
} from '../forum/discussion/index.ts';
import { globalId, rowIdOf } from '../graphql/global-id.ts';
import { referenced } from '../graphql/loader.ts';
import { ANONYMOUS, type Feed, type FeedAuthor, type FeedEntry } from './feed.ts';

/** The kinds of feeds. */
export const FEED_KINDS = ['discussions', 'categories', 'products', 'tags', 'authors'] as const;
export type FeedKind = (typeof FEED_KINDS)[number];

const ENTRIES = { first: 30 };
/** Texts beyond this are summaries, so that the size of a feed is bounded. */
const HTML_CHARS_MAX = 500_000;
const SUMMARY_CHARS_MAX = 500;

/**
 * The newest discussions of the forum (no name), of a category, product, tag or author, or the newest comments of a
 * discussion. `name`: a slug, or an author's id. Null if there is none that the viewer may see.
 */
export async function loadFeed(ctx: Context, kind: FeedKind, name: string | null): Promise<Feed | null> {
  if (kind === 'discussions') return name === null ? ofForum(ctx) : ofDiscussion(ctx, name);
  if (name === null) return null;
  if (kind === 'authors') return ofAuthor(ctx, name);
  if (kind === 'tags') {
    const tag = await loadBySlug(ctx, tags, name);
    return tag && ofPlace(ctx, kind, 'tag', tag, ctx.pages.of('tag', tag.slug));
  }
  const [type, table] =
    kind === 'categories' ? (['category', categories] as const) : (['product', products] as const);
  const entry = await loadBySlug(ctx, table, name);
  return entry && ofPlace(ctx, kind, type, entry, entry.url ?? ctx.pages.of(type, entry.slug));
}

const NEWEST = discussionOrders.NEWEST;

async function ofForum(ctx: Context): Promise<Feed> {
  const { rows } = await pageDiscussions(ctx, ENTRIES, NEWEST, []);
  const about = {
    title: ctx.policy.siteName,
    description: 'The newest discussions.',
    pageUrl: `${ctx.siteUrl}/`,
  };
  return feedOf(ctx, { ...about, path: 'discussions' }, await entriesOf(ctx, rows));
}

async function ofPlace(
  ctx: Context,
  kind: FeedKind,
  type: 'category' | 'product' | 'tag',
  { id, name, slug }: { readonly id: string; readonly name: string; readonly slug: string },
  pageUrl: string,
): Promise<Feed> {
  const { rows } = await pageDiscussionsOf(ctx, type, id, ENTRIES, NEWEST);
  const about = {
    title: `${name} · ${ctx.policy.siteName}`,
    description: `The newest discussions about ${name}.`,
  };
  const path = `${kind}/${encodeURIComponent(slug)}`;
  return feedOf(ctx, { ...about, pageUrl, path }, await entriesOf(ctx, rows));
}

async function ofAuthor(ctx: Context, name: string): Promise<Feed | null> {
  const rowId = rowIdOf('Author', name);
  const author = await referenced(rowId, (id) => loadAuthor(ctx, id));
  if (author === null) return null;
  const { rows } = await pageDiscussionsOf(ctx, 'author', author.id, ENTRIES, NEWEST);
  const who = authorOf(ctx, author).name;
  const about = {
    title: `${who} · ${ctx.policy.siteName}`,
    description: `The newest discussions of ${who}.`,
  };
  const pageUrl = ctx.pages.of('author', name);
  return feedOf(ctx, { ...about, pageUrl, path: `authors/${name}` }, await entriesOf(ctx, rows));
}

async function ofDiscussion(ctx: Context, slug: string): Promise<Feed | null> {
  const discussion = await loadDiscussionBySlug(ctx, slug);
  if (discussion === null) return null;
  const { title } = discussion;
  const { rows } = await pageNewestComments(ctx, discussion.id, ENTRIES);
  const pageUrl = discussionUrl(ctx, slug);
  const entries = await Promise.all(
    rows.map(async (comment): Promise<FeedEntry> => {
      const author = authorOf(ctx, await referenced(comment.authorId, (id) => loadAuthor(ctx, id)));
      const url = `${pageUrl}#${globalId('Comment', comment.id)}`;
      return { ...post(comment), url, author, title: `${author.name}: ${title}`, tags: [] };
    }),
  );
  const about = { title, description: `The newest comments on “${title}”.`, pageUrl };
  const feed = feedOf(ctx, { ...about, path: `discussions/${encodeURIComponent(slug)}` }, entries);
  return entries.length > 0 ? feed : { ...feed, updatedAt: post(discussion).updatedAt };
}

async function entriesOf(ctx: Context, rows: readonly DiscussionRow[]): Promise<FeedEntry[]> {
  return Promise.all(
    rows.map(async (discussion): Promise<FeedEntry> => {
      const [author, category] = await Promise.all([
        referenced(discussion.authorId, (id) => loadAuthor(ctx, id)),
        referenced(discussion.categoryId, (id) => loadById(ctx, categories, id)),
      ]);
      return {
        ...post(discussion),
        url: discussionUrl(ctx, discussion.slug),
        title: discussion.title,
        author: authorOf(ctx, author),
        tags: category ? [category.name] : [],
      };
    }),
  );
}

type Post = Pick<DiscussionRow, 'bodyHtml' | 'bodyText' | 'createdAt' | 'lastEditedAt'>;

function post({ bodyHtml, bodyText, createdAt, lastEditedAt }: Post) {
  const chars = [...bodyText.slice(0, 2 * SUMMARY_CHARS_MAX)];
  const summary =
    chars.length > SUMMARY_CHARS_MAX ? `${chars.slice(0, SUMMARY_CHARS_MAX - 1).join('')}…` : bodyText;
  return { html: bodyHtml, summary, publishedAt: createdAt, updatedAt: lastEditedAt ?? createdAt };
}

function authorOf(ctx: Context, author: AuthorRow | null): FeedAuthor {
  if (author === null) return { name: ANONYMOUS, url: null };
  const { id, name, title, handle } = author;
  return {
    name: name ?? title ?? handle ?? ANONYMOUS,
    url: ctx.pages.of('author', globalId('Author', id)),
  };
}

type About = Pick<Feed, 'title' | 'description' | 'pageUrl'> & { readonly path: string };

function feedOf(ctx: Context, { path, ...about }: About, all: readonly FeedEntry[]): Feed {
  let chars = 0;
  const entries = all.map((entry): FeedEntry => {
    chars += entry.html?.length ?? 0;
    return chars > HTML_CHARS_MAX ? { ...entry, html: null } : entry;
  });
  const updatedAt = Math.max(0, ...entries.map((entry) => entry.updatedAt));
  return { ...about, baseUrl: `${ctx.siteUrl}/feeds/${path}`, updatedAt, entries };
}
