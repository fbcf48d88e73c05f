/** The base of the addresses in answers, the same for every server that is measured. */
export const SITE_URL = 'https://forum.example';

/** The operations of the workload: what a forum's two most visited pages ask for, and its two commonest writes. */
export const operations = {
  threadPage: `query ThreadPage($id: ID!, $after: String) {
  discussion(id: $id) {
    id slug url title bodyHTML createdAt createdAgo lastActivityAt upvoteCount downvoteCount netUpvotes
    commentCount isAnswered locked closed
    author { id name title company avatarUrl role }
    category { id name slug }
    product { id name slug }
    relatedDiscussions(first: 5) { title url createdAt commentCount }
    comments(first: 20, after: $after, orderBy: BEST) {
      totalCount
      nodes { ...Said replyCount replies(first: 3) { totalCount nodes { ...Said } } }
    }
  }
}
fragment Said on Comment {
  id depth bodyHTML createdAt createdAgo lastEditedAt isDeleted isOfficial isVerifiedUser
  upvoteCount downvoteCount netUpvotes
  author { id name title company avatarUrl }
}`,

  listPage: `query ListPage($slug: String!) {
  category(slug: $slug) {
    id name slug
    discussions(first: 25, orderBy: NEWEST) {
      nodes {
        id url title createdAt lastActivityAt upvoteCount downvoteCount netUpvotes commentCount isAnswered
        author { id name title company avatarUrl }
        lastComment { id createdAt author { id name title avatarUrl } }
      }
    }
  }
}`,

  addComment: `mutation AddComment($input: AddCommentInput!) {
  addComment(input: $input) {
    comment { id depth bodyHTML createdAt author { id name } }
    discussion { id commentCount lastActivityAt }
  }
}`,

  setVote: `mutation SetVote($input: SetVoteInput!) {
  setVote(input: $input) { subject { id upvoteCount downvoteCount netUpvotes viewerVote } }
}`,
} as const;

export type Operation = keyof typeof operations;

export const OPERATIONS = Object.keys(operations) as Operation[];

export const isWrite = (operation: Operation): boolean => operations[operation].startsWith('mutation');

export interface AddCommentInput {
  readonly discussionId: string;
  readonly replyToId?: string;
  readonly body: string;
}

export interface SetVoteInput {
  readonly subjectId: string;
  readonly direction: 'UP' | 'DOWN';
}

export interface Variables {
  /** A discussion's global id. */
  readonly id?: string;
  readonly after?: string;
  readonly slug?: string;
  readonly input?: AddCommentInput | SetVoteInput;
}

/** One request of the workload. */
export interface Ask {
  readonly variables: Variables;
  /** The API key of the viewer. If omitted, a guest. */
  readonly token?: string;
}
