import { defineModule } from '../../graphql/module.ts';
import { mergeResolvers } from './merge-resolvers.ts';

/** Merging discussions, undoing that, and splitting comments off into a discussion of their own. */
export const mergeModule = defineModule({
  name: 'merge',
  resolvers: mergeResolvers,
  tables: ['discussion_merge', 'merged_row'],
});

export {
  commentBecameQuestion,
  discussionsMerged,
  discussionsUnmerged,
  moveWithMerges,
} from './merge-record.ts';
