import { defineModule } from '../../graphql/module.ts';
import { viewResolvers } from './view-resolvers.ts';

/** How often discussions are viewed. Counted only if the setting VIEW_COUNTS is on. */
export const viewModule = defineModule({
  name: 'view',
  resolvers: viewResolvers,
  tables: ['discussion_view_count'],
});

export { addImportedViews } from './add-imported-views.ts';
export { BatchedViewCounter } from './batched-view-counter.ts';
