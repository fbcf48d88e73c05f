import type { Connection } from '../kit/connection.ts';
import type { CommentRow } from './comment-reads.ts';

export type CommentPage = Connection<CommentRow>;
export { type CommentRow, loadComment } from './comment-reads.ts';
export { commentResolvers } from './comment-resolvers.ts';
