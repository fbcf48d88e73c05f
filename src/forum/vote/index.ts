import { defineModule } from '../../graphql/module.ts';
import { voteResolvers } from './vote-resolvers.ts';

/** Votes on discussions and comments. */
export const voteModule = defineModule({
  name: 'vote',
  resolvers: voteResolvers,
  tables: ['discussion_vote', 'comment_vote'],
});

export { addImportedVote, type NewImportedVote } from './add-imported-vote.ts';
