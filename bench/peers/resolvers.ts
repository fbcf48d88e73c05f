import { addComment } from '../floor/add-comment.ts';
import { oneByOne } from '../floor/commits.ts';
import type { ForumFiles } from '../floor/files.ts';
import { setVote } from '../floor/set-vote.ts';
import { type Viewer, viewers } from '../floor/viewer.ts';
import type { AddCommentInput, SetVoteInput } from '../queries.ts';
import { type Reads, readsOf } from './reads.ts';
import type { Comment, Discussion } from './rows.ts';

/** What a request's resolvers share. */
export interface PeerContext {
  readonly viewer: Viewer | null;
  readonly loaders: ReturnType<Reads['loaders']>;
}

interface First {
  readonly first: number;
}

const NONE = { totalCount: 0, nodes: [] };

/** Resolvers over prepared statements and loaders, and what makes a request's context. Each write is a commit. */
export function peerOf(files: ForumFiles) {
  const reads = readsOf(files.reader);
  const viewerOf = viewers(files.reader);
  const [add, vote, commits] = [addComment(files.writer), setVote(files.writer), oneByOne(files.writer)];
  const authorOf = ({ authorId }: { authorId: string | null }, _: unknown, { loaders }: PeerContext) =>
    authorId === null ? null : loaders.authors.load(authorId);

  const resolvers = {
    Query: {
      discussion: (_: unknown, { id }: { id: string }) => reads.discussion(id.slice(2)),
      category: (_: unknown, { slug }: { slug: string }) => reads.category(slug),
    },
    Category: {
      discussions: ({ rowId }: { rowId: string }, { first }: First) => ({
        nodes: reads.newestOf(rowId, first),
      }),
    },
    Discussion: {
      author: authorOf,
      category: ({ categoryId }: Discussion) => (categoryId === null ? null : reads.categoryOf(categoryId)),
      product: ({ productId }: Discussion) => (productId === null ? null : reads.productOf(productId)),
      lastComment: ({ lastCommentId }: Discussion, _: unknown, { loaders }: PeerContext) =>
        lastCommentId === null ? null : loaders.comments.load(lastCommentId),
      relatedDiscussions: ({ rowId }: Discussion, { first }: First) => reads.relatedTo(rowId, first),
      comments: ({ rowId, topLevelCount }: Discussion, { first }: First) => ({
        totalCount: topLevelCount,
        nodes: reads.bestOf(rowId, first),
      }),
    },
    Comment: {
      author: authorOf,
      replies: ({ rowId, directReplyCount }: Comment, { first }: First) =>
        directReplyCount === 0
          ? NONE
          : { totalCount: directReplyCount, nodes: reads.repliesTo(rowId, first) },
    },
    Mutation: {
      addComment: async (
        _: unknown,
        { input }: { input: AddCommentInput },
        { viewer, loaders }: PeerContext,
      ) => {
        const { id, discussionId } = await commits(add(input, signedIn(viewer)));
        return { comment: await loaders.comments.load(id), discussion: reads.discussion(discussionId) };
      },
      setVote: async (_: unknown, { input }: { input: SetVoteInput }, { viewer }: PeerContext) => {
        const { type, ...subject } = await commits(() => vote(input, signedIn(viewer)));
        return { subject: { __typename: type, ...subject } };
      },
    },
  };
  const context = (authorization: string | undefined): PeerContext => ({
    viewer: authorization === undefined ? null : viewerOf(authorization),
    loaders: reads.loaders(),
  });
  return { resolvers, context };
}

function signedIn(viewer: Viewer | null): Viewer {
  if (!viewer) throw new Error('Nobody is signed in.');
  return viewer;
}
