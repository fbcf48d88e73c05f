import type { Context } from '../access/context.ts';
import {
  type DiscussionRow,
  discussionOrders,
  loadDiscussionBySlug,
  pageDiscussions,
} from '../forum/discussion/index.ts';
import { loadMarkdown } from '../forum/publishing/index.ts';

const PAGE_TOKENS = 10_000;
const LISTED = { first: 30 };

/** A discussion as Markdown. Null if there is none with this slug that the viewer may see. */
export async function loadMarkdownPage(ctx: Context, slug: string): Promise<string | null> {
  const discussion = await loadDiscussionBySlug(ctx, slug);
  return discussion && loadMarkdown(ctx, discussion, PAGE_TOKENS);
}

/**
 * What the forum is and where its texts are, in the form of llms.txt: a title, a summary, and lists of links. `hasMcp`:
 * whether /mcp is one of them.
 */
export async function loadGuide(ctx: Context, hasMcp: boolean): Promise<string> {
  const { siteUrl, policy } = ctx;
  const mcp = `- [MCP server](${siteUrl}/mcp): tools to search, read, ask, comment and vote, by the Model Context Protocol\n`;
  const { rows } = await pageDiscussions(ctx, LISTED, discussionOrders.HOT, []);
  return `# ${inMarkdown(policy.siteName)}

> A forum of questions about products, with answers of their users and vendors.

Each discussion is also Markdown: put \`.md\` behind \`${siteUrl}/discussions/SLUG\`.

## Discussions

${rows.map((discussion) => lineOf(siteUrl, discussion)).join('\n')}

## Optional

- [Newest discussions](${siteUrl}/feeds/discussions.json): a JSON Feed
- [Sitemap](${siteUrl}/sitemap.xml): every discussion
- [GraphQL API](${siteUrl}/graphql): reads and writes everything
${hasMcp ? mcp : ''}`;
}

function lineOf(siteUrl: string, { slug, title, commentCount, answerId }: DiscussionRow): string {
  const name = inMarkdown(title);
  const state = answerId === null ? '' : ', answered';
  return `- [${name}](${siteUrl}/discussions/${encodeURIComponent(slug)}.md): comments: ${commentCount}${state}`;
}

/** A text as one line of Markdown, which cannot end a link. */
function inMarkdown(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\[\]]/g, '\\$&');
}
