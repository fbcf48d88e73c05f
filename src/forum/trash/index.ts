import { defineModule } from '../../graphql/module.ts';
import { trashResolvers } from './trash-resolvers.ts';
import {
  type DeletedCommentRow,
  type DeletedDiscussionRow,
  loadDeletedComment,
  loadDeletedDiscussion,
} from './trash-rows.ts';

/** What was deleted, for those who may restore it. */
export const trashModule = defineModule({
  name: 'trash',
  resolvers: trashResolvers,
  nodes: {
    DeletedDiscussion: { prefix: 'X', load: loadDeletedDiscussion },
    DeletedComment: { prefix: 'Z', load: loadDeletedComment },
  },
  tables: [],
});

/** What the resolvers of each type get. */
export interface TrashTypes {
  DeletedDiscussion: DeletedDiscussionRow;
  DeletedComment: DeletedCommentRow;
}
