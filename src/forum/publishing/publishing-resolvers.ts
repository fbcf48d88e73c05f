import type { Resolvers } from '../../generated/graphql.ts';
import { findStructuredDataIssues } from './find-structured-data-issues.ts';
import { loadStructuredData } from './structured-data.ts';

export const publishingResolvers: Resolvers = {
  Discussion: {
    structuredData: (discussion, _, ctx) => loadStructuredData(ctx, discussion),
    structuredDataIssues: async (discussion, _, ctx) =>
      findStructuredDataIssues(await loadStructuredData(ctx, discussion)),
  },
};
