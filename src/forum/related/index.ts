export { adoptWaitingLinks } from './adopt-waiting-links.ts';
export { findLostLinks, findWaitingLinks, type WaitingLink } from './check-links.ts';
export type { RelatedLinkRow } from './related-reads.ts';
export { relatedResolvers } from './related-resolvers.ts';
export { type ImportedLink, saveImportedLinks } from './save-imported-links.ts';
export { lockTitles } from './take-titles.ts';
