import type { McpServer } from '@modelcontextprotocol/server';
import * as z from 'zod';
import { amount } from '../text/amount.ts';
import { run, type SendOperation } from './api.ts';
import { oneLine } from './one-line.ts';
import { SIMILAR } from './operations.ts';
import { answered, answeredOrFailed, READ_ONLY } from './tool-result.ts';

interface SimilarData {
  readonly similarDiscussions: readonly {
    readonly similarity: number;
    readonly discussion: Readonly<Record<'id' | 'slug' | 'url' | 'title' | 'excerpt', string>> &
      Readonly<Record<'commentCount' | 'netUpvotes', number>> & { readonly isAnswered: boolean };
  }[];
}

const similar = z.object({
  id: z.string(),
  slug: z.string(),
  url: z.string(),
  title: z.string(),
  excerpt: z.string(),
  similarity: z.number().describe('From 0 to 1.'),
  commentCount: z.number().int(),
  netUpvotes: z.number().int(),
  isAnswered: z.boolean(),
});

const INPUT = z.strictObject({
  title: z.string().min(1).max(2000).describe('The question in one line.'),
  body: z.string().max(60_000).optional().describe('More about the question, in Markdown.'),
  first: z.number().int().min(1).max(20).default(5).describe('Number of results.'),
});

const OUTPUT = z.object({ results: z.array(similar) });

/** `find_similar_questions`. */
export function registerSimilar(server: McpServer, send: SendOperation): void {
  server.registerTool(
    'find_similar_questions',
    {
      title: 'Find similar questions',
      description:
        oneLine(`Finds discussions that may already answer a question, the most similar first. Use it before
ask_question. The words need not be the same.`),
      annotations: READ_ONLY,
      inputSchema: INPUT,
      outputSchema: OUTPUT,
    },
    (args) =>
      answeredOrFailed(async () => {
        const { similarDiscussions } = await run<SimilarData>(send, SIMILAR, args);
        const results = similarDiscussions.map(({ discussion, similarity }) => ({
          ...discussion,
          similarity,
        }));
        const lines = results.map(
          ({ id, title, url, isAnswered, commentCount, excerpt }) =>
            `- ${title} (${amount(commentCount, 'comment')}${isAnswered ? ', answered' : ''})\n  id: ${id}, ${url}\n  ${oneLine(excerpt)}`,
        );
        return answered(lines.length > 0 ? lines.join('\n') : 'No similar questions.', { results });
      }),
  );
}
