import { defineModule } from '../../graphql/module.ts';
import './delete-posted-draft.ts'; // these listen
import './merge-drafts.ts';
import type { ChangedDraft } from './draft-place.ts';
import { type DraftRow, loadDraft } from './draft-reads.ts';
import { draftResolvers } from './draft-resolvers.ts';

/** Texts that members haven't finished. A draft is visible to its owner alone. */
export const draftModule = defineModule({
  name: 'draft',
  resolvers: draftResolvers,
  nodes: { Draft: { prefix: 'F', load: loadDraft } },
  tables: ['draft'],
});

/** What the resolvers of each type get. */
export interface DraftTypes {
  Draft: DraftRow;
  SaveDraftPayload: ChangedDraft;
  DeleteDraftPayload: ChangedDraft;
}
