import type { Context } from '../../access/context.ts';
import type { Resolvers } from '../../generated/graphql.ts';
import { connectionResolvers } from '../../graphql/connections/connection.ts';
import { globalId } from '../../graphql/global-id.ts';
import { referenced } from '../../graphql/loader.ts';
import { loadAuthor } from '../author/index.ts';
import { loadComment } from '../comment/index.ts';
import { loadDiscussionOrMerged } from '../discussion/index.ts';
import { discussionOf, type ModerationEventRow, pageModerationEvents, sidesOf } from './moderation-reads.ts';

const isRedaction = ({ action }: ModerationEventRow) =>
  action === 'REDACT_DISCUSSION_REVISION' || action === 'REDACT_COMMENT_REVISION';
const side = (ctx: Context, id: string | null | undefined) =>
  referenced(id ?? null, (one) => loadDiscussionOrMerged(ctx, one));

export const moderationResolvers: Resolvers = {
  Discussion: {
    moderationEvents: (discussion, args, ctx) => pageModerationEvents(ctx, discussion, args),
  },
  ModerationEvent: {
    id: ({ id }) => globalId('ModerationEvent', id),
    discussion: (event, _, ctx) => discussionOf(ctx, event),
    actor: ({ actorId }, _, ctx) => referenced(actorId, (id) => loadAuthor(ctx, id)),
    comment: ({ commentId }, _, ctx) => referenced(commentId, (id) => loadComment(ctx, id)),
    reason: (event) => (isRedaction(event) ? event.detail : null),
    externalId: ({ action, detail }) => (action === 'RELEASE_EXTERNAL_ID' ? detail : null),
    source: (event, _, ctx) => side(ctx, sidesOf(event)?.sourceId),
    destination: (event, _, ctx) => side(ctx, sidesOf(event)?.destinationId),
  },
  ModerationEventConnection: connectionResolvers,
};
