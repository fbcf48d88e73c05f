import type { Connection } from '../kit/connection.ts';
import type { DiscussionRow } from './discussion-reads.ts';

export type DiscussionPage = Connection<DiscussionRow>;
export type { PinRow } from './discussion-parts.ts';
export { type DiscussionRow, loadDiscussion } from './discussion-reads.ts';
export { discussionResolvers } from './discussion-resolvers.ts';
export { discussionUrl } from './discussion-url.ts';
