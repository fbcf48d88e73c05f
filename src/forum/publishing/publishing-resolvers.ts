import type { Resolvers } from '../../generated/graphql.ts';
import { loadMarkdown } from './discussion-markdown.ts';
import { findStructuredDataIssues } from './find-structured-data-issues.ts';
import { loadStructuredData } from './structured-data.ts';

export const publishingResolvers: Resolvers = {
  Discussion: {
    asMarkdown: (discussion, { maxTokens }, ctx) => loadMarkdown(ctx, discussion, maxTokens),
    structuredData: (discussion, _, ctx) => loadStructuredData(ctx, discussion),
    structuredDataIssues: async (discussion, _, ctx) =>
      findStructuredDataIssues(await loadStructuredData(ctx, discussion)),
  },
};
