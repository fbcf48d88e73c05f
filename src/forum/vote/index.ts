export { voteResolvers } from './vote-resolvers.ts';
