import { graphql } from '../../generated/graphql/index.ts';
import { type Answer, redirect } from '../../http/answers.ts';
import { localPath } from '../../http/local-path.ts';
import type { Visit } from '../../http/visit.ts';

const AddBookmark = graphql(`
  mutation AddBookmark($input: AddBookmarkInput!) {
    addBookmark(input: $input) {
      clientMutationId
    }
  }
`);

const RemoveBookmark = graphql(`
  mutation RemoveBookmark($input: RemoveBookmarkInput!) {
    removeBookmark(input: $input) {
      clientMutationId
    }
  }
`);

/** Bookmarks a discussion for the viewer, or removes the bookmark. */
export async function setBookmark(visit: Visit): Promise<Answer> {
  const input = { discussionId: visit.field('discussion'), idempotencyKey: visit.idempotencyKey };
  if (visit.field('to') === 'on') await visit.ask(AddBookmark, { input });
  else await visit.ask(RemoveBookmark, { input });
  return redirect(localPath(visit.form.get('return')));
}
