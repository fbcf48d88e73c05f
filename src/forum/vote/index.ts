import { defineModule } from '../../graphql/module.ts';
import { voteResolvers } from './vote-resolvers.ts';
import './merge-votes.ts'; // it listens

/** Votes on discussions and comments. */
export const voteModule = defineModule({
  name: 'vote',
  resolvers: voteResolvers,
  tables: ['discussion_vote', 'comment_vote'],
});

export { addImportedVote } from './add-imported-vote.ts';
