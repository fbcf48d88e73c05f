import type { FastifyInstance } from 'fastify';
import { loadGuide, loadMarkdownPage } from '../../feeds/index.ts';
import { type Guests, mergedOrNotFound, PLAIN_TEXT, sendText } from './document-routes.ts';

const MARKDOWN = 'text/markdown; charset=utf-8';
const POINTS = 1;

/** Serves /llms.txt and discussions as Markdown. `hasMcp`: whether the guide names /mcp. */
export function installAgentTexts(app: FastifyInstance, guests: Guests, hasMcp: boolean): void {
  app.get('/llms.txt', async (request, reply) => {
    const ctx = await guests.contextOf(request, POINTS);
    return sendText(request, reply, { type: PLAIN_TEXT, changedAt: null }, await loadGuide(ctx, hasMcp));
  });

  app.get('/discussions/:slug.md', async (request, reply) => {
    const { slug } = request.params as { slug: string };
    const ctx = await guests.contextOf(request, POINTS);
    const text = await loadMarkdownPage(ctx, slug);
    return text === null
      ? mergedOrNotFound(ctx, reply, slug, (into) => `/discussions/${into}.md`)
      : sendText(request, reply, { type: MARKDOWN, changedAt: null }, text);
  });
}
