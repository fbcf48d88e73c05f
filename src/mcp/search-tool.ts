import type { McpServer } from '@modelcontextprotocol/server';
import * as z from 'zod';
import { amount } from '../text/amount.ts';
import { run, type SendOperation } from './api.ts';
import { oneLine } from './one-line.ts';
import { SEARCH } from './operations.ts';
import { type Author, answered, answeredOrFailed, author, nameOf, READ_ONLY } from './tool-result.ts';

interface FoundSubject {
  readonly __typename: 'Discussion' | 'Comment';
  readonly id: string;
  readonly url: string;
  readonly createdAt: string;
  readonly netUpvotes: number;
  readonly author: Author;
  readonly slug: string;
  readonly title: string;
  readonly excerpt: string;
  readonly commentCount: number;
  readonly isAnswered: boolean;
  readonly isAnswer: boolean;
  readonly discussion: { readonly id: string; readonly slug: string; readonly title: string };
}

interface SearchData {
  readonly search: {
    readonly totalCount: number;
    readonly isTotalCountLowerBound: boolean;
    readonly suggestion: string | null;
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
    readonly searchIssues: readonly { readonly code: string; readonly message: string }[];
    readonly nodes: readonly {
      readonly textMatches: readonly { readonly fragment: string }[];
      readonly subject: FoundSubject;
    }[];
  };
}

const SEARCH_DESCRIPTION = `Searches titles, texts and comments of the forum. All words must occur, in any order.
"two words": next to each other. -word: without it. a OR b. Qualifiers: category:SLUG, product:SLUG, tag:SLUG,
author:HANDLE, is:answered, is:unanswered, is:open, is:closed, is:pinned, is:locked, is:duplicate, in:title, in:body, in:comments,
created:>2024-01-31, score:>5; a minus excludes (-tag:api). Use read_discussion to read a result.`;

const found = z.object({
  type: z.enum(['DISCUSSION', 'COMMENT']),
  id: z.string().describe('The id of the discussion or the comment.'),
  discussionId: z.string().describe('The discussion, for read_discussion and add_comment.'),
  slug: z.string().describe('The slug of the discussion.'),
  title: z.string().describe('The title of the discussion.'),
  url: z.string(),
  excerpts: z.array(z.string()).describe('Where the words are, as plain text.'),
  author,
  createdAt: z.string(),
  netUpvotes: z.number().int(),
  isAnswered: z.boolean().nullable().describe('Of a discussion: whether it has an accepted answer.'),
  isAnswer: z.boolean().nullable().describe('Of a comment: whether it is the accepted answer.'),
});

const INPUT = z.strictObject({
  query: z.string().min(1).max(2000).describe('The words and qualifiers.'),
  type: z.enum(['DISCUSSION', 'COMMENT', 'ALL']).default('ALL').describe('What to find.'),
  orderBy: z.enum(['RELEVANCE', 'NEWEST', 'OLDEST']).default('RELEVANCE').describe('The order.'),
  first: z.number().int().min(1).max(50).default(10).describe('Number of results.'),
  after: z.string().max(1000).optional().describe('The `endCursor` of the page before.'),
});

const OUTPUT = z.object({
  totalCount: z.number().int(),
  isTotalCountLowerBound: z.boolean(),
  results: z.array(found),
  endCursor: z.string().nullable().describe('For `after`. Null if there are no more results.'),
  suggestion: z.string().nullable().describe('The query with its spelling corrected, if nothing was found.'),
  issues: z.array(z.object({ code: z.string(), message: z.string() })),
});

/** `search_discussions`. */
export function registerSearch(server: McpServer, send: SendOperation): void {
  server.registerTool(
    'search_discussions',
    {
      title: 'Search the forum',
      description: oneLine(SEARCH_DESCRIPTION),
      annotations: READ_ONLY,
      inputSchema: INPUT,
      outputSchema: OUTPUT,
    },
    (args) =>
      answeredOrFailed(async () => {
        const { search } = await run<SearchData>(send, SEARCH, args);
        const results = search.nodes.map(({ subject, textMatches }) => {
          const isDiscussion = subject.__typename === 'Discussion';
          const discussion = isDiscussion ? subject : subject.discussion;
          const fragments = textMatches.map(({ fragment }) => fragment);
          return {
            type: isDiscussion ? 'DISCUSSION' : 'COMMENT',
            id: subject.id,
            discussionId: discussion.id,
            slug: discussion.slug,
            title: discussion.title,
            url: subject.url,
            excerpts: fragments.length === 0 && isDiscussion ? [subject.excerpt] : fragments,
            author: subject.author,
            createdAt: subject.createdAt,
            netUpvotes: subject.netUpvotes,
            isAnswered: isDiscussion ? subject.isAnswered : null,
            isAnswer: isDiscussion ? null : subject.isAnswer,
          };
        });
        const { totalCount, isTotalCountLowerBound, suggestion, searchIssues: issues, pageInfo } = search;
        const endCursor = pageInfo.hasNextPage ? pageInfo.endCursor : null;
        const lines = results.map((one) => {
          const state = one.isAnswered ? ', answered' : one.isAnswer ? ', the accepted answer' : '';
          const by = `${one.type.toLowerCase()} by ${nameOf(one.author)}, ${amount(one.netUpvotes, 'vote')}${state}`;
          return `- ${one.title} (${by})\n  id: ${one.id}, ${one.url}\n  ${oneLine(one.excerpts.join(' … '))}`;
        });
        const head = isTotalCountLowerBound
          ? `${totalCount} or more results.`
          : `${amount(totalCount, 'result')}.`;
        const hint = suggestion === null ? [] : [`Did you mean: ${suggestion}`];
        const text = [head, ...hint, ...issues.map(({ message }) => message), ...lines].join('\n');
        const structured = { totalCount, isTotalCountLowerBound, results, endCursor, suggestion, issues };
        return answered(text, structured);
      }),
  );
}
