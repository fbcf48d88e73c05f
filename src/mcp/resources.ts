// What a client can show its user to attach: discussions as Markdown, and the lists that ask_question chooses from.
import { type McpServer, ResourceNotFoundError, ResourceTemplate } from '@modelcontextprotocol/server';
import { ApiFault, run, type SendOperation } from './api.ts';
import { CATEGORIES, DISCUSSION_TEXT, HOT_DISCUSSIONS, PRODUCTS, TAGS } from './operations.ts';

const LISTS = [
  { name: 'categories', title: 'Categories', query: CATEGORIES, isAnswerable: true },
  { name: 'products', title: 'Products', query: PRODUCTS, isAnswerable: false },
  { name: 'tags', title: 'Tags', query: TAGS, isAnswerable: false },
] as const;

const MARKDOWN = 'text/markdown';
const JSON_TYPE = 'application/json';

type ListData = Readonly<Record<string, { readonly nodes: readonly unknown[] }>>;

interface HotData {
  readonly discussions: {
    readonly nodes: readonly Readonly<Record<'slug' | 'title' | 'excerpt', string>>[];
  };
}

export function registerResources(server: McpServer, send: SendOperation): void {
  for (const { name, title, query, isAnswerable } of LISTS) {
    const more = isAnswerable ? ' Comments can be accepted as answers where isAnswerable is true.' : '';
    const description = `The first 100 ${name} with their slugs, as JSON.${more}`;
    server.registerResource(
      name,
      `parley://${name}`,
      { title, description, mimeType: JSON_TYPE },
      async (uri) => {
        const data = await run<ListData>(send, query, {});
        const text = JSON.stringify(data[name]?.nodes ?? [], null, 2);
        return { contents: [{ uri: uri.href, mimeType: JSON_TYPE, text }] };
      },
    );
  }
  const list = async () => {
    const { discussions } = await run<HotData>(send, HOT_DISCUSSIONS, {});
    const resources = discussions.nodes.map(({ slug, title, excerpt }) => ({
      ...{ uri: uriOf(slug), name: slug, title, description: excerpt, mimeType: MARKDOWN },
    }));
    return { resources };
  };
  server.registerResource(
    'discussion',
    new ResourceTemplate('parley://discussions/{slug}', { list }),
    {
      title: 'Discussion',
      description: 'A discussion as Markdown: the question, the accepted answer and the best comments.',
      mimeType: MARKDOWN,
    },
    async (uri) => {
      const slug = decodeURIComponent(uri.pathname.slice(1));
      const { discussion } = await run<{ discussion: { asMarkdown: string } }>(send, DISCUSSION_TEXT, {
        slug,
      }).catch((error) => {
        const isMissing = error instanceof ApiFault && error.code === 'NOT_FOUND';
        throw isMissing ? new ResourceNotFoundError(uri.href) : error;
      });
      return { contents: [{ uri: uri.href, mimeType: MARKDOWN, text: discussion.asMarkdown }] };
    },
  );
}

function uriOf(slug: string): string {
  return `parley://discussions/${encodeURIComponent(slug)}`;
}
