// The floor: what this machine does with the same database and the same answers when nothing stands between HTTP and
// SQL. Takes POST with `{ operation, variables }`, answers `{ data }`.
import type { AddCommentInput, SetVoteInput } from '../../src/generated/graphql.ts';
import type { Operation, Variables } from '../queries.ts';
import { oneByOne, openFiles, together } from './files.ts';
import { listPage, threadPage } from './pages.ts';
import { serve } from './serve.ts';
import { addComment, setVote, viewers } from './writes.ts';

const { FORUM_FILE = '', COMMITS = 'together', SEARCH = 'on' } = process.env;
const { reader, writer } = openFiles(FORUM_FILE);
const commits = COMMITS === 'together' ? together(writer) : oneByOne(writer);
const viewerOf = viewers(reader);
const [add, vote] = [addComment(writer, SEARCH === 'on'), setVote(writer)];

/** What the same GraphQL operations have as their `data`; a write's is a promise. */
const answers: Record<Operation, (variables: Variables, authorization: string | undefined) => unknown> = {
  threadPage: threadPage(reader),
  listPage: listPage(reader),
  addComment: async ({ input }, authorization) => {
    const viewer = viewerOf(authorization);
    return { addComment: await commits(add(input as AddCommentInput, viewer)) };
  },
  setVote: async ({ input }, authorization) => {
    const viewer = viewerOf(authorization);
    return { setVote: { subject: await commits(() => vote(input as SetVoteInput, viewer)) } };
  },
};

serve((body, authorization) => {
  const { operation, variables } = JSON.parse(body) as { operation: Operation; variables: Variables };
  return answers[operation](variables, authorization);
});
