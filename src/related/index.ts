export type { RelatedLinkRow } from './related-reads.ts';
export { relatedResolvers } from './related-resolvers.ts';
