import { defineModule } from '../../graphql/module.ts';
import { moveWithMerges } from '../merge/index.ts';
import type { RelatedLinkRow } from './related-reads.ts';
import { relatedResolvers } from './related-resolvers.ts';

/** Links from a discussion to others, here and elsewhere. */
export const relatedModule = defineModule({
  name: 'related',
  resolvers: relatedResolvers,
  tables: ['related_link'],
});

// unless their discussion has a link to the destination too: see merge-record.ts
moveWithMerges('related_link', 'target_id');

/** What the resolvers of each type get. */
export interface RelatedTypes {
  RelatedDiscussion: RelatedLinkRow;
}

export { addImportedLink } from './add-imported-link.ts';
export { isVisibleLink } from './related-reads.ts';
export { type ImportedLink, saveImportedLinks } from './save-imported-links.ts';
export {
  adoptWaitingLinks,
  findLostLinks,
  findWaitingLinks,
  lockTitles,
} from './waiting-links.ts';
