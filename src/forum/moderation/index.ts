import { defineModule } from '../../graphql/module.ts';
import { loadModerationEvent, type ModerationEventRow } from './moderation-reads.ts';
import { moderationResolvers } from './moderation-resolvers.ts';

/** The moderation log, for the moderators of each discussion. Other modules write it as they do what it tells of. */
export const moderationModule = defineModule({
  name: 'moderation',
  resolvers: moderationResolvers,
  nodes: { ModerationEvent: { prefix: 'M', load: loadModerationEvent } },
  tables: [],
});

/** What the resolvers of each type get. */
export interface ModerationTypes {
  ModerationEvent: ModerationEventRow;
}
