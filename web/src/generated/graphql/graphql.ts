/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** The values of `extensions.code` in errors. Clients should branch on the code: the message is a sentence for people. */
export type ErrorCode =
  /** The operation requires the viewer to be signed in. */
  | 'UNAUTHENTICATED'
  /**
   * The e-mail address or the password is wrong. The error doesn't tell which. `extensions.field` names the password's
   * argument.
   */
  | 'INVALID_CREDENTIALS'
  /** The viewer can see the object but isn't allowed to do this with it. */
  | 'FORBIDDEN'
  /** The object doesn't exist or isn't visible to the viewer. `extensions.field` names the argument. */
  | 'NOT_FOUND'
  /**
   * An argument has an invalid value. `extensions.field` names the argument. `createAccount` reports all invalid values at
   * once: `extensions.problems` lists them, each with `code`, `field` and `message`.
   */
  | 'BAD_USER_INPUT'
  /**
   * The object has changed in the meantime, is still in use, or a unique value is already taken. If a text was edited since
   * the revision that an edit is based on, `extensions.currentRevision` is its current revision.
   */
  | 'CONFLICT'
  /** The discussion is locked, so the viewer can't do this in it. */
  | 'LOCKED'
  /** Too many requests. `extensions.retryAfter` is the number of seconds to wait before a retry. */
  | 'RATE_LIMITED'
  /** The operation exceeds one of the limits in `QueryLimits`. */
  | 'QUERY_TOO_COMPLEX'
  /** The operation has another root field beside one with `@alone`, or gives that field an alias. */
  | 'FIELD_NOT_ALONE'
  /** The idempotency key was already used with a different input. */
  | 'IDEMPOTENCY_KEY_REUSED'
  /** The request isn't valid GraphQL over HTTP: its body, content type or `query` is missing or malformed. */
  | 'BAD_REQUEST'
  /** The operation has a syntax error. `locations` gives its position. */
  | 'GRAPHQL_PARSE_FAILED'
  /** The operation isn't valid against this schema. */
  | 'GRAPHQL_VALIDATION_FAILED'
  /** The server doesn't know a document with this hash (yet). Send the document with its hash. */
  | 'PERSISTED_QUERY_NOT_FOUND'
  /** The operator has listed the operations that the server answers, and this one isn't among them. */
  | 'DOCUMENT_NOT_TRUSTED'
  /** The request is an array of operations. Send each operation in a request of its own. */
  | 'BATCHING_NOT_SUPPORTED'
  /**
   * The operation took longer than the server allows. What it writes is not stored, unless `extensions.mayHaveBeenDone` is
   * true: then repeat it with the same `idempotencyKey`, which never writes twice.
   */
  | 'TIMEOUT'
  /**
   * The server or its database can't answer at the moment. The same request can be sent again after
   * `extensions.retryAfter` seconds. What it writes is not stored, unless `extensions.mayHaveBeenDone` is true: then repeat
   * it with the same `idempotencyKey`, which never writes twice.
   */
  | 'UNAVAILABLE'
  /**
   * An unexpected error on the server. The message contains only an incident number, which the operator can look up in
   * the server's log.
   */
  | 'INTERNAL_SERVER_ERROR';

/** Why a discussion is locked. */
export type LockReason =
  /** The discussion is off topic. */
  | 'OFF_TOPIC'
  /** The discussion is resolved. */
  | 'RESOLVED'
  /** The discussion attracts spam. */
  | 'SPAM'
  /** The discussion is too heated. */
  | 'TOO_HEATED';

/** Why a discussion is closed. */
export type CloseReason =
  /** The question is answered. */
  | 'RESOLVED'
  /** The discussion is outdated. */
  | 'OUTDATED'
  /** The question is asked in another discussion. */
  | 'DUPLICATE';

/** The sort order of discussions. Ties are sorted newest first. */
export type DiscussionOrder =
  /** Recent discussions with many votes and comments. Ten times as many outweigh 22 hours of age. */
  | 'HOT'
  /** Most net upvotes first. */
  | 'TOP'
  /** Newest discussion first. */
  | 'NEWEST'
  /** Most recent activity first: the newest comment, or the discussion itself. */
  | 'ACTIVE'
  /** Most visible comments first. */
  | 'MOST_COMMENTS'
  /** Many votes, evenly split between up and down, first. */
  | 'CONTROVERSIAL';

/** Conditions that a discussion must match, all of them. Omitted and null fields are ignored. */
export type DiscussionFilter = {
  /** In the category with this slug. If there is none, no discussion matches. */
  categorySlug?: string | null | undefined;
  /** About the product with this slug. If there is none, no discussion matches. */
  productSlug?: string | null | undefined;
  /** With the tag with this slug. If there is none, no discussion matches. */
  tagSlug?: string | null | undefined;
  /** Started by the author with this id. If there is none, no discussion matches. */
  authorId?: string | number | null | undefined;
  /** With an accepted answer (true) or without one (false). */
  isAnswered?: boolean | null | undefined;
  /** Currently pinned (true) or not (false). */
  isPinned?: boolean | null | undefined;
  /** Closed (true) or open (false). */
  isClosed?: boolean | null | undefined;
  /** Started at this time or later. */
  createdAfter?: string | null | undefined;
  /** Started before this time. */
  createdBefore?: string | null | undefined;
};

/** Input for `addComment`. */
export type AddCommentInput = {
  /** Returned unchanged in the payload. */
  clientMutationId?: string | null | undefined;
  /** A unique key that makes this write safe to retry, such as a UUID. See `Mutation`. */
  idempotencyKey?: string | null | undefined;
  /** The discussion to comment on. */
  discussionId: string | number;
  /** The comment to reply to, in the same discussion. Omit to comment at the top level. */
  replyToId?: string | number | null | undefined;
  /** The text in Markdown. At most 60,000 characters. */
  body: string;
  /** Whether the comment is an official statement of the product's vendor. Only for vendors of the product. */
  isOfficial?: boolean | null | undefined;
};

/** The sort order of comments. Ties are sorted newest first, and with `OLDEST` oldest first. */
export type CommentOrder =
  /**
   * Highest approval first: the lower bound of the Wilson score interval for the share of upvotes. A comment with 9
   * upvotes out of 10 ranks above one with 1 out of 1.
   */
  | 'BEST'
  /** Most net upvotes first. */
  | 'TOP'
  /** Newest first. */
  | 'NEWEST'
  /** Oldest first. */
  | 'OLDEST'
  /** Many votes, evenly split between up and down, first. */
  | 'CONTROVERSIAL';

/** Input for `previewComment`, with the same fields as `AddCommentInput`. */
export type PreviewCommentInput = {
  /** The discussion to comment on. */
  discussionId: string | number;
  /** The comment to reply to, in the same discussion. Omit to comment at the top level. */
  replyToId?: string | number | null | undefined;
  /** The text in Markdown. */
  body: string;
  /** Whether the comment is an official statement of the product's vendor. */
  isOfficial?: boolean | null | undefined;
};

/** The direction of a vote. */
export type VoteDirection =
  /** An upvote. */
  | 'UP'
  /** A downvote. */
  | 'DOWN'
  /** No vote. */
  | 'NONE';

/** Input for `setVote`. */
export type SetVoteInput = {
  /** Returned unchanged in the payload. */
  clientMutationId?: string | null | undefined;
  /** A unique key that makes this write safe to retry, such as a UUID. See `Mutation`. */
  idempotencyKey?: string | null | undefined;
  /** The id of a discussion or a comment. */
  subjectId: string | number;
  /** The new vote. `NONE` removes the vote. */
  direction: VoteDirection;
};

/** Input for `createAccount`. */
export type CreateAccountInput = {
  /** Returned unchanged in the payload. */
  clientMutationId?: string | null | undefined;
  /** A unique key that makes this write safe to retry, such as a UUID. At least 16 characters here. See `Mutation`. */
  idempotencyKey?: string | null | undefined;
  /** The e-mail address used to sign in. Fails with `CONFLICT` if another account has it. */
  email: string;
  /**
   * The password: 10 to 128 characters of any kind. Can't be easy to guess, as common passwords and years are, nor consist
   * of the e-mail address, the name or the handle.
   */
  password: string;
  /** The display name. At most 100 characters. */
  name: string;
  /**
   * The name used in mentions: words of lowercase ASCII letters and digits, joined by hyphens. At most 40 characters. If
   * omitted, it is derived from `name`. Fails with `CONFLICT` if another author has it.
   */
  handle?: string | null | undefined;
  /** The job title. At most 150 characters. */
  title?: string | null | undefined;
  /** The company that the author works for. At most 100 characters. */
  company?: string | null | undefined;
};

/** Input for `signIn`. */
export type SignInInput = {
  /** Returned unchanged in the payload. */
  clientMutationId?: string | null | undefined;
  /** A unique key that makes this write safe to retry, such as a UUID. At least 16 characters here. See `Mutation`. */
  idempotencyKey?: string | null | undefined;
  /** The account's e-mail address. Case is ignored. */
  email: string;
  /** The account's password. */
  password: string;
};

/** Input for `signOut`. It has only the common fields. */
export type SignOutInput = {
  /** Returned unchanged in the payload. */
  clientMutationId?: string | null | undefined;
  /** A unique key that makes this write safe to retry, such as a UUID. See `Mutation`. */
  idempotencyKey?: string | null | undefined;
};

export type AuthorNameFragment = { id: string, name: string | null, title: string | null, company: string | null } & { ' $fragmentName'?: 'AuthorNameFragment' };

export type FrameFragment = { viewer: { id: string, name: string | null, handle: string | null } | null } & { ' $fragmentName'?: 'FrameFragment' };

type Votes_Discussion_Fragment = { id: string, netUpvotes: number, viewerVote: VoteDirection, viewerCan: { vote: { allowed: boolean, code: ErrorCode | null, message: string | null } } } & { ' $fragmentName'?: 'Votes_Discussion_Fragment' };

type Votes_Comment_Fragment = { id: string, netUpvotes: number, viewerVote: VoteDirection, viewerCan: { vote: { allowed: boolean, code: ErrorCode | null, message: string | null } } } & { ' $fragmentName'?: 'Votes_Comment_Fragment' };

export type VotesFragment =
  | Votes_Discussion_Fragment
  | Votes_Comment_Fragment
;

export type SignInMutationVariables = Exact<{
  input: SignInInput;
}>;


export type SignInMutation = { signIn: { token: string } };

export type SignOutMutationVariables = Exact<{
  input: SignOutInput;
}>;


export type SignOutMutation = { signOut: { clientMutationId: string | null } };

export type CreateAccountMutationVariables = Exact<{
  input: CreateAccountInput;
}>;


export type CreateAccountMutation = { createAccount: { token: string } };

export type AddCommentMutationVariables = Exact<{
  input: AddCommentInput;
}>;


export type AddCommentMutation = { addComment: { comment: { id: string } | null } };

export type PreviewCommentQueryVariables = Exact<{
  input: PreviewCommentInput;
}>;


export type PreviewCommentQuery = { previewComment: { bodyHTML: string, problems: Array<{ field: string | null, message: string }> } };

export type AnsweredFragment = { isAnswerChanged: boolean, answeredBy: { ' $fragmentRefs'?: { 'AuthorNameFragment': AuthorNameFragment } } | null, answer: { id: string, bodyHTML: string, createdAt: string, replyCount: number, netUpvotes: number, author: { ' $fragmentRefs'?: { 'AuthorNameFragment': AuthorNameFragment } } | null } | null } & { ' $fragmentName'?: 'AnsweredFragment' };

export type CommentItemFragment = (
  { id: string, bodyHTML: string, createdAt: string, lastEditedAt: string | null, isDeleted: boolean, isAnswer: boolean, isOfficial: boolean, isVerifiedUser: boolean, author: (
    { id: string }
    & { ' $fragmentRefs'?: { 'AuthorNameFragment': AuthorNameFragment } }
  ) | null, viewerCan: { reply: { allowed: boolean, code: ErrorCode | null, message: string | null } } }
  & { ' $fragmentRefs'?: { 'Votes_Comment_Fragment': Votes_Comment_Fragment;'CommentMenuFragment': CommentMenuFragment } }
) & { ' $fragmentName'?: 'CommentItemFragment' };

export type CommentMenuFragment = { id: string, isAnswer: boolean, isOfficial: boolean, isVerifiedUser: boolean, author: { id: string } | null, viewerCan: { update: { allowed: boolean, code: ErrorCode | null, message: string | null }, delete: { allowed: boolean, code: ErrorCode | null, message: string | null }, markAsAnswer: { allowed: boolean, code: ErrorCode | null, message: string | null }, unmarkAsAnswer: { allowed: boolean, code: ErrorCode | null, message: string | null }, markOfficial: { allowed: boolean, code: ErrorCode | null, message: string | null }, markVerifiedUser: { allowed: boolean, code: ErrorCode | null, message: string | null } } } & { ' $fragmentName'?: 'CommentMenuFragment' };

export type DiscussionHeadFragment = { title: string, url: string, bodyText: string, createdAt: string, lastActivityAt: string } & { ' $fragmentName'?: 'DiscussionHeadFragment' };

export type DiscussionMenuFragment = { id: string, slug: string, locked: boolean, closed: boolean, pin: { label: string | null } | null, author: { id: string } | null, viewerCan: { update: { allowed: boolean, code: ErrorCode | null, message: string | null }, delete: { allowed: boolean, code: ErrorCode | null, message: string | null }, pin: { allowed: boolean, code: ErrorCode | null, message: string | null }, lock: { allowed: boolean, code: ErrorCode | null, message: string | null }, close: { allowed: boolean, code: ErrorCode | null, message: string | null } } } & { ' $fragmentName'?: 'DiscussionMenuFragment' };

export type DiscussionRailFragment = { isAnswered: boolean, closed: boolean, lastActivityAt: string, category: { name: string, slug: string } | null, product: { name: string, slug: string } | null, relatedDiscussions: Array<{ title: string, url: string, commentCount: number, discussion: { slug: string } | null }> } & { ' $fragmentName'?: 'DiscussionRailFragment' };

export type DiscussionFragment = (
  { id: string, slug: string, commentCount: number, author: { id: string } | null, product: { name: string } | null, viewerCan: { comment: { allowed: boolean, code: ErrorCode | null, message: string | null } } }
  & { ' $fragmentRefs'?: { 'QuestionFragment': QuestionFragment;'NoticesFragment': NoticesFragment;'AnsweredFragment': AnsweredFragment;'DiscussionRailFragment': DiscussionRailFragment } }
) & { ' $fragmentName'?: 'DiscussionFragment' };

export type NoticesFragment = { slug: string, locked: boolean, lockReason: LockReason | null, closed: boolean, closeReason: CloseReason | null, pin: { label: string | null } | null } & { ' $fragmentName'?: 'NoticesFragment' };

export type QuestionFragment = (
  { slug: string, title: string, bodyHTML: string, createdAt: string, lastEditedAt: string | null, author: { ' $fragmentRefs'?: { 'AuthorNameFragment': AuthorNameFragment } } | null, category: { name: string, slug: string } | null, product: { name: string, slug: string } | null, tags: Array<{ name: string, slug: string }> }
  & { ' $fragmentRefs'?: { 'Votes_Discussion_Fragment': Votes_Discussion_Fragment;'DiscussionMenuFragment': DiscussionMenuFragment } }
) & { ' $fragmentName'?: 'QuestionFragment' };

export type DiscussionPageQueryVariables = Exact<{
  slug: string;
  orderBy: CommentOrder;
  after?: string | null | undefined;
}>;


export type DiscussionPageQuery = (
  { discussion: (
    { comments: { totalCount: number, pageInfo: { endCursor: string | null, hasNextPage: boolean }, nodes: Array<(
        { id: string, replyCount: number, replies: { totalCount: number, nodes: Array<(
            { id: string, replyCount: number, replies: { totalCount: number, nodes: Array<(
                { id: string, replyCount: number, replies: { totalCount: number, nodes: Array<(
                    { id: string, replyCount: number }
                    & { ' $fragmentRefs'?: { 'CommentItemFragment': CommentItemFragment } }
                  )> } }
                & { ' $fragmentRefs'?: { 'CommentItemFragment': CommentItemFragment } }
              )> } }
            & { ' $fragmentRefs'?: { 'CommentItemFragment': CommentItemFragment } }
          )> } }
        & { ' $fragmentRefs'?: { 'CommentItemFragment': CommentItemFragment } }
      )> } }
    & { ' $fragmentRefs'?: { 'DiscussionHeadFragment': DiscussionHeadFragment;'DiscussionFragment': DiscussionFragment } }
  ) | null }
  & { ' $fragmentRefs'?: { 'FrameFragment': FrameFragment } }
);

export type ThreadPageQueryVariables = Exact<{
  id: string | number;
}>;


export type ThreadPageQuery = (
  { node:
    | { __typename: 'Author' }
    | { __typename: 'Product' }
    | { __typename: 'Category' }
    | { __typename: 'Tag' }
    | { __typename: 'Discussion' }
    | { __typename: 'DiscussionRevision' }
    | (
      { __typename: 'Comment', id: string, replyCount: number, discussion: (
        { slug: string }
        & { ' $fragmentRefs'?: { 'DiscussionHeadFragment': DiscussionHeadFragment;'DiscussionFragment': DiscussionFragment } }
      ), replies: { totalCount: number, nodes: Array<(
          { id: string, replyCount: number, replies: { totalCount: number, nodes: Array<(
              { id: string, replyCount: number, replies: { totalCount: number, nodes: Array<(
                  { id: string, replyCount: number }
                  & { ' $fragmentRefs'?: { 'CommentItemFragment': CommentItemFragment } }
                )> } }
              & { ' $fragmentRefs'?: { 'CommentItemFragment': CommentItemFragment } }
            )> } }
          & { ' $fragmentRefs'?: { 'CommentItemFragment': CommentItemFragment } }
        )> } }
      & { ' $fragmentRefs'?: { 'CommentItemFragment': CommentItemFragment } }
    )
    | { __typename: 'CommentRevision' }
    | { __typename: 'Bookmark' }
    | { __typename: 'Session' }
    | { __typename: 'ApiKey' }
   | null }
  & { ' $fragmentRefs'?: { 'FrameFragment': FrameFragment } }
);

export type SetVoteMutationVariables = Exact<{
  input: SetVoteInput;
}>;


export type SetVoteMutation = { setVote: { subject:
      | { netUpvotes: number, viewerVote: VoteDirection }
      | { netUpvotes: number, viewerVote: VoteDirection }
     | null } };

export type DiscussionRowFragment = { slug: string, title: string, createdAt: string, lastActivityAt: string, commentCount: number, isAnswered: boolean, locked: boolean, netUpvotes: number, author: { ' $fragmentRefs'?: { 'AuthorNameFragment': AuthorNameFragment } } | null, product: { name: string, slug: string } | null, pin: { label: string | null } | null } & { ' $fragmentName'?: 'DiscussionRowFragment' };

export type RailFragment = { waiting: { nodes: Array<{ slug: string, title: string, createdAt: string }> }, products: { nodes: Array<{ name: string, slug: string }> }, categories: { nodes: Array<{ name: string, slug: string }> }, tags: { nodes: Array<{ name: string, slug: string }> } } & { ' $fragmentName'?: 'RailFragment' };

export type DiscussionListQueryVariables = Exact<{
  orderBy: DiscussionOrder;
  filter: DiscussionFilter;
  after?: string | null | undefined;
  slug: string;
  isCategory: boolean;
  isProduct: boolean;
  isTag: boolean;
  isFirst: boolean;
  categorySlug?: string | null | undefined;
  productSlug?: string | null | undefined;
}>;


export type DiscussionListQuery = (
  { category?: { name: string } | null, product?: { name: string } | null, tag?: { name: string } | null, pinnedDiscussions?: Array<(
    { id: string }
    & { ' $fragmentRefs'?: { 'DiscussionRowFragment': DiscussionRowFragment } }
  )>, discussions: { totalCount: number, nodes: Array<(
      { id: string }
      & { ' $fragmentRefs'?: { 'DiscussionRowFragment': DiscussionRowFragment } }
    )>, pageInfo: { endCursor: string | null, hasNextPage: boolean } } }
  & { ' $fragmentRefs'?: { 'FrameFragment': FrameFragment;'RailFragment': RailFragment } }
);

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const FrameFragmentDoc = new TypedDocumentString(`
    fragment Frame on Query {
  viewer {
    id
    name
    handle
  }
}
    `, {"fragmentName":"Frame"}) as unknown as TypedDocumentString<FrameFragment, unknown>;
export const AuthorNameFragmentDoc = new TypedDocumentString(`
    fragment AuthorName on Author {
  id
  name
  title
  company
}
    `, {"fragmentName":"AuthorName"}) as unknown as TypedDocumentString<AuthorNameFragment, unknown>;
export const VotesFragmentDoc = new TypedDocumentString(`
    fragment Votes on Votable {
  id
  netUpvotes
  viewerVote
  viewerCan {
    vote {
      allowed
      code
      message
    }
  }
}
    `, {"fragmentName":"Votes"}) as unknown as TypedDocumentString<VotesFragment, unknown>;
export const CommentMenuFragmentDoc = new TypedDocumentString(`
    fragment CommentMenu on Comment {
  id
  isAnswer
  isOfficial
  isVerifiedUser
  author {
    id
  }
  viewerCan {
    update {
      allowed
      code
      message
    }
    delete {
      allowed
      code
      message
    }
    markAsAnswer {
      allowed
      code
      message
    }
    unmarkAsAnswer {
      allowed
      code
      message
    }
    markOfficial {
      allowed
      code
      message
    }
    markVerifiedUser {
      allowed
      code
      message
    }
  }
}
    `, {"fragmentName":"CommentMenu"}) as unknown as TypedDocumentString<CommentMenuFragment, unknown>;
export const CommentItemFragmentDoc = new TypedDocumentString(`
    fragment CommentItem on Comment {
  id
  bodyHTML
  createdAt
  lastEditedAt
  isDeleted
  isAnswer
  isOfficial
  isVerifiedUser
  author {
    id
    ...AuthorName
  }
  viewerCan {
    reply {
      allowed
      code
      message
    }
  }
  ...Votes
  ...CommentMenu
}
    fragment AuthorName on Author {
  id
  name
  title
  company
}
fragment Votes on Votable {
  id
  netUpvotes
  viewerVote
  viewerCan {
    vote {
      allowed
      code
      message
    }
  }
}
fragment CommentMenu on Comment {
  id
  isAnswer
  isOfficial
  isVerifiedUser
  author {
    id
  }
  viewerCan {
    update {
      allowed
      code
      message
    }
    delete {
      allowed
      code
      message
    }
    markAsAnswer {
      allowed
      code
      message
    }
    unmarkAsAnswer {
      allowed
      code
      message
    }
    markOfficial {
      allowed
      code
      message
    }
    markVerifiedUser {
      allowed
      code
      message
    }
  }
}`, {"fragmentName":"CommentItem"}) as unknown as TypedDocumentString<CommentItemFragment, unknown>;
export const DiscussionHeadFragmentDoc = new TypedDocumentString(`
    fragment DiscussionHead on Discussion {
  title
  url
  bodyText
  createdAt
  lastActivityAt
}
    `, {"fragmentName":"DiscussionHead"}) as unknown as TypedDocumentString<DiscussionHeadFragment, unknown>;
export const DiscussionMenuFragmentDoc = new TypedDocumentString(`
    fragment DiscussionMenu on Discussion {
  id
  slug
  locked
  closed
  pin {
    label
  }
  author {
    id
  }
  viewerCan {
    update {
      allowed
      code
      message
    }
    delete {
      allowed
      code
      message
    }
    pin {
      allowed
      code
      message
    }
    lock {
      allowed
      code
      message
    }
    close {
      allowed
      code
      message
    }
  }
}
    `, {"fragmentName":"DiscussionMenu"}) as unknown as TypedDocumentString<DiscussionMenuFragment, unknown>;
export const QuestionFragmentDoc = new TypedDocumentString(`
    fragment Question on Discussion {
  slug
  title
  bodyHTML
  createdAt
  lastEditedAt
  author {
    ...AuthorName
  }
  category {
    name
    slug
  }
  product {
    name
    slug
  }
  tags {
    name
    slug
  }
  ...Votes
  ...DiscussionMenu
}
    fragment AuthorName on Author {
  id
  name
  title
  company
}
fragment Votes on Votable {
  id
  netUpvotes
  viewerVote
  viewerCan {
    vote {
      allowed
      code
      message
    }
  }
}
fragment DiscussionMenu on Discussion {
  id
  slug
  locked
  closed
  pin {
    label
  }
  author {
    id
  }
  viewerCan {
    update {
      allowed
      code
      message
    }
    delete {
      allowed
      code
      message
    }
    pin {
      allowed
      code
      message
    }
    lock {
      allowed
      code
      message
    }
    close {
      allowed
      code
      message
    }
  }
}`, {"fragmentName":"Question"}) as unknown as TypedDocumentString<QuestionFragment, unknown>;
export const NoticesFragmentDoc = new TypedDocumentString(`
    fragment Notices on Discussion {
  slug
  locked
  lockReason
  closed
  closeReason
  pin {
    label
  }
}
    `, {"fragmentName":"Notices"}) as unknown as TypedDocumentString<NoticesFragment, unknown>;
export const AnsweredFragmentDoc = new TypedDocumentString(`
    fragment Answered on Discussion {
  isAnswerChanged
  answeredBy {
    ...AuthorName
  }
  answer {
    id
    bodyHTML
    createdAt
    replyCount
    netUpvotes
    author {
      ...AuthorName
    }
  }
}
    fragment AuthorName on Author {
  id
  name
  title
  company
}`, {"fragmentName":"Answered"}) as unknown as TypedDocumentString<AnsweredFragment, unknown>;
export const DiscussionRailFragmentDoc = new TypedDocumentString(`
    fragment DiscussionRail on Discussion {
  isAnswered
  closed
  lastActivityAt
  category {
    name
    slug
  }
  product {
    name
    slug
  }
  relatedDiscussions(first: 5) {
    title
    url
    commentCount
    discussion {
      slug
    }
  }
}
    `, {"fragmentName":"DiscussionRail"}) as unknown as TypedDocumentString<DiscussionRailFragment, unknown>;
export const DiscussionFragmentDoc = new TypedDocumentString(`
    fragment Discussion on Discussion {
  id
  slug
  commentCount
  author {
    id
  }
  product {
    name
  }
  viewerCan {
    comment {
      allowed
      code
      message
    }
  }
  ...Question
  ...Notices
  ...Answered
  ...DiscussionRail
}
    fragment AuthorName on Author {
  id
  name
  title
  company
}
fragment Votes on Votable {
  id
  netUpvotes
  viewerVote
  viewerCan {
    vote {
      allowed
      code
      message
    }
  }
}
fragment Answered on Discussion {
  isAnswerChanged
  answeredBy {
    ...AuthorName
  }
  answer {
    id
    bodyHTML
    createdAt
    replyCount
    netUpvotes
    author {
      ...AuthorName
    }
  }
}
fragment DiscussionMenu on Discussion {
  id
  slug
  locked
  closed
  pin {
    label
  }
  author {
    id
  }
  viewerCan {
    update {
      allowed
      code
      message
    }
    delete {
      allowed
      code
      message
    }
    pin {
      allowed
      code
      message
    }
    lock {
      allowed
      code
      message
    }
    close {
      allowed
      code
      message
    }
  }
}
fragment DiscussionRail on Discussion {
  isAnswered
  closed
  lastActivityAt
  category {
    name
    slug
  }
  product {
    name
    slug
  }
  relatedDiscussions(first: 5) {
    title
    url
    commentCount
    discussion {
      slug
    }
  }
}
fragment Notices on Discussion {
  slug
  locked
  lockReason
  closed
  closeReason
  pin {
    label
  }
}
fragment Question on Discussion {
  slug
  title
  bodyHTML
  createdAt
  lastEditedAt
  author {
    ...AuthorName
  }
  category {
    name
    slug
  }
  product {
    name
    slug
  }
  tags {
    name
    slug
  }
  ...Votes
  ...DiscussionMenu
}`, {"fragmentName":"Discussion"}) as unknown as TypedDocumentString<DiscussionFragment, unknown>;
export const DiscussionRowFragmentDoc = new TypedDocumentString(`
    fragment DiscussionRow on Discussion {
  slug
  title
  createdAt
  lastActivityAt
  commentCount
  isAnswered
  locked
  netUpvotes
  author {
    ...AuthorName
  }
  product {
    name
    slug
  }
  pin {
    label
  }
}
    fragment AuthorName on Author {
  id
  name
  title
  company
}`, {"fragmentName":"DiscussionRow"}) as unknown as TypedDocumentString<DiscussionRowFragment, unknown>;
export const RailFragmentDoc = new TypedDocumentString(`
    fragment Rail on Query {
  waiting: discussions(first: 4, orderBy: NEWEST, filter: {isAnswered: false}) {
    nodes {
      slug
      title
      createdAt
    }
  }
  products(first: 8) {
    nodes {
      name
      slug
    }
  }
  categories(first: 12) {
    nodes {
      name
      slug
    }
  }
  tags(first: 20) {
    nodes {
      name
      slug
    }
  }
}
    `, {"fragmentName":"Rail"}) as unknown as TypedDocumentString<RailFragment, unknown>;
export const SignInDocument = new TypedDocumentString(`
    mutation SignIn($input: SignInInput!) {
  signIn(input: $input) {
    token
  }
}
    `) as unknown as TypedDocumentString<SignInMutation, SignInMutationVariables>;
export const SignOutDocument = new TypedDocumentString(`
    mutation SignOut($input: SignOutInput!) {
  signOut(input: $input) {
    clientMutationId
  }
}
    `) as unknown as TypedDocumentString<SignOutMutation, SignOutMutationVariables>;
export const CreateAccountDocument = new TypedDocumentString(`
    mutation CreateAccount($input: CreateAccountInput!) {
  createAccount(input: $input) {
    token
  }
}
    `) as unknown as TypedDocumentString<CreateAccountMutation, CreateAccountMutationVariables>;
export const AddCommentDocument = new TypedDocumentString(`
    mutation AddComment($input: AddCommentInput!) {
  addComment(input: $input) {
    comment {
      id
    }
  }
}
    `) as unknown as TypedDocumentString<AddCommentMutation, AddCommentMutationVariables>;
export const PreviewCommentDocument = new TypedDocumentString(`
    query PreviewComment($input: PreviewCommentInput!) {
  previewComment(input: $input) {
    bodyHTML
    problems {
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<PreviewCommentQuery, PreviewCommentQueryVariables>;
export const DiscussionPageDocument = new TypedDocumentString(`
    query DiscussionPage($slug: String!, $orderBy: CommentOrder!, $after: String) {
  ...Frame
  discussion(slug: $slug) {
    ...DiscussionHead
    ...Discussion
    comments(first: 20, after: $after, orderBy: $orderBy) {
      totalCount
      pageInfo {
        endCursor
        hasNextPage
      }
      nodes {
        id
        replyCount
        ...CommentItem
        replies(first: 10) {
          totalCount
          nodes {
            id
            replyCount
            ...CommentItem
            replies(first: 5) {
              totalCount
              nodes {
                id
                replyCount
                ...CommentItem
                replies(first: 3) {
                  totalCount
                  nodes {
                    id
                    replyCount
                    ...CommentItem
                  }
                }
              }
            }
          }
        }
      }
    }
  }
}
    fragment AuthorName on Author {
  id
  name
  title
  company
}
fragment Frame on Query {
  viewer {
    id
    name
    handle
  }
}
fragment Votes on Votable {
  id
  netUpvotes
  viewerVote
  viewerCan {
    vote {
      allowed
      code
      message
    }
  }
}
fragment Answered on Discussion {
  isAnswerChanged
  answeredBy {
    ...AuthorName
  }
  answer {
    id
    bodyHTML
    createdAt
    replyCount
    netUpvotes
    author {
      ...AuthorName
    }
  }
}
fragment CommentItem on Comment {
  id
  bodyHTML
  createdAt
  lastEditedAt
  isDeleted
  isAnswer
  isOfficial
  isVerifiedUser
  author {
    id
    ...AuthorName
  }
  viewerCan {
    reply {
      allowed
      code
      message
    }
  }
  ...Votes
  ...CommentMenu
}
fragment CommentMenu on Comment {
  id
  isAnswer
  isOfficial
  isVerifiedUser
  author {
    id
  }
  viewerCan {
    update {
      allowed
      code
      message
    }
    delete {
      allowed
      code
      message
    }
    markAsAnswer {
      allowed
      code
      message
    }
    unmarkAsAnswer {
      allowed
      code
      message
    }
    markOfficial {
      allowed
      code
      message
    }
    markVerifiedUser {
      allowed
      code
      message
    }
  }
}
fragment DiscussionHead on Discussion {
  title
  url
  bodyText
  createdAt
  lastActivityAt
}
fragment DiscussionMenu on Discussion {
  id
  slug
  locked
  closed
  pin {
    label
  }
  author {
    id
  }
  viewerCan {
    update {
      allowed
      code
      message
    }
    delete {
      allowed
      code
      message
    }
    pin {
      allowed
      code
      message
    }
    lock {
      allowed
      code
      message
    }
    close {
      allowed
      code
      message
    }
  }
}
fragment DiscussionRail on Discussion {
  isAnswered
  closed
  lastActivityAt
  category {
    name
    slug
  }
  product {
    name
    slug
  }
  relatedDiscussions(first: 5) {
    title
    url
    commentCount
    discussion {
      slug
    }
  }
}
fragment Discussion on Discussion {
  id
  slug
  commentCount
  author {
    id
  }
  product {
    name
  }
  viewerCan {
    comment {
      allowed
      code
      message
    }
  }
  ...Question
  ...Notices
  ...Answered
  ...DiscussionRail
}
fragment Notices on Discussion {
  slug
  locked
  lockReason
  closed
  closeReason
  pin {
    label
  }
}
fragment Question on Discussion {
  slug
  title
  bodyHTML
  createdAt
  lastEditedAt
  author {
    ...AuthorName
  }
  category {
    name
    slug
  }
  product {
    name
    slug
  }
  tags {
    name
    slug
  }
  ...Votes
  ...DiscussionMenu
}`) as unknown as TypedDocumentString<DiscussionPageQuery, DiscussionPageQueryVariables>;
export const ThreadPageDocument = new TypedDocumentString(`
    query ThreadPage($id: ID!) {
  ...Frame
  node(id: $id) {
    __typename
    ... on Comment {
      id
      replyCount
      ...CommentItem
      discussion {
        slug
        ...DiscussionHead
        ...Discussion
      }
      replies(first: 50) {
        totalCount
        nodes {
          id
          replyCount
          ...CommentItem
          replies(first: 10) {
            totalCount
            nodes {
              id
              replyCount
              ...CommentItem
              replies(first: 3) {
                totalCount
                nodes {
                  id
                  replyCount
                  ...CommentItem
                }
              }
            }
          }
        }
      }
    }
  }
}
    fragment AuthorName on Author {
  id
  name
  title
  company
}
fragment Frame on Query {
  viewer {
    id
    name
    handle
  }
}
fragment Votes on Votable {
  id
  netUpvotes
  viewerVote
  viewerCan {
    vote {
      allowed
      code
      message
    }
  }
}
fragment Answered on Discussion {
  isAnswerChanged
  answeredBy {
    ...AuthorName
  }
  answer {
    id
    bodyHTML
    createdAt
    replyCount
    netUpvotes
    author {
      ...AuthorName
    }
  }
}
fragment CommentItem on Comment {
  id
  bodyHTML
  createdAt
  lastEditedAt
  isDeleted
  isAnswer
  isOfficial
  isVerifiedUser
  author {
    id
    ...AuthorName
  }
  viewerCan {
    reply {
      allowed
      code
      message
    }
  }
  ...Votes
  ...CommentMenu
}
fragment CommentMenu on Comment {
  id
  isAnswer
  isOfficial
  isVerifiedUser
  author {
    id
  }
  viewerCan {
    update {
      allowed
      code
      message
    }
    delete {
      allowed
      code
      message
    }
    markAsAnswer {
      allowed
      code
      message
    }
    unmarkAsAnswer {
      allowed
      code
      message
    }
    markOfficial {
      allowed
      code
      message
    }
    markVerifiedUser {
      allowed
      code
      message
    }
  }
}
fragment DiscussionHead on Discussion {
  title
  url
  bodyText
  createdAt
  lastActivityAt
}
fragment DiscussionMenu on Discussion {
  id
  slug
  locked
  closed
  pin {
    label
  }
  author {
    id
  }
  viewerCan {
    update {
      allowed
      code
      message
    }
    delete {
      allowed
      code
      message
    }
    pin {
      allowed
      code
      message
    }
    lock {
      allowed
      code
      message
    }
    close {
      allowed
      code
      message
    }
  }
}
fragment DiscussionRail on Discussion {
  isAnswered
  closed
  lastActivityAt
  category {
    name
    slug
  }
  product {
    name
    slug
  }
  relatedDiscussions(first: 5) {
    title
    url
    commentCount
    discussion {
      slug
    }
  }
}
fragment Discussion on Discussion {
  id
  slug
  commentCount
  author {
    id
  }
  product {
    name
  }
  viewerCan {
    comment {
      allowed
      code
      message
    }
  }
  ...Question
  ...Notices
  ...Answered
  ...DiscussionRail
}
fragment Notices on Discussion {
  slug
  locked
  lockReason
  closed
  closeReason
  pin {
    label
  }
}
fragment Question on Discussion {
  slug
  title
  bodyHTML
  createdAt
  lastEditedAt
  author {
    ...AuthorName
  }
  category {
    name
    slug
  }
  product {
    name
    slug
  }
  tags {
    name
    slug
  }
  ...Votes
  ...DiscussionMenu
}`) as unknown as TypedDocumentString<ThreadPageQuery, ThreadPageQueryVariables>;
export const SetVoteDocument = new TypedDocumentString(`
    mutation SetVote($input: SetVoteInput!) {
  setVote(input: $input) {
    subject {
      netUpvotes
      viewerVote
    }
  }
}
    `) as unknown as TypedDocumentString<SetVoteMutation, SetVoteMutationVariables>;
export const DiscussionListDocument = new TypedDocumentString(`
    query DiscussionList($orderBy: DiscussionOrder!, $filter: DiscussionFilter!, $after: String, $slug: String!, $isCategory: Boolean!, $isProduct: Boolean!, $isTag: Boolean!, $isFirst: Boolean!, $categorySlug: String, $productSlug: String) {
  ...Frame
  ...Rail
  category(slug: $slug) @include(if: $isCategory) {
    name
  }
  product(slug: $slug) @include(if: $isProduct) {
    name
  }
  tag(slug: $slug) @include(if: $isTag) {
    name
  }
  pinnedDiscussions(
    first: 5
    categorySlug: $categorySlug
    productSlug: $productSlug
  ) @include(if: $isFirst) {
    id
    ...DiscussionRow
  }
  discussions(first: 20, after: $after, orderBy: $orderBy, filter: $filter) {
    totalCount
    nodes {
      id
      ...DiscussionRow
    }
    pageInfo {
      endCursor
      hasNextPage
    }
  }
}
    fragment AuthorName on Author {
  id
  name
  title
  company
}
fragment Frame on Query {
  viewer {
    id
    name
    handle
  }
}
fragment DiscussionRow on Discussion {
  slug
  title
  createdAt
  lastActivityAt
  commentCount
  isAnswered
  locked
  netUpvotes
  author {
    ...AuthorName
  }
  product {
    name
    slug
  }
  pin {
    label
  }
}
fragment Rail on Query {
  waiting: discussions(first: 4, orderBy: NEWEST, filter: {isAnswered: false}) {
    nodes {
      slug
      title
      createdAt
    }
  }
  products(first: 8) {
    nodes {
      name
      slug
    }
  }
  categories(first: 12) {
    nodes {
      name
      slug
    }
  }
  tags(first: 20) {
    nodes {
      name
      slug
    }
  }
}`) as unknown as TypedDocumentString<DiscussionListQuery, DiscussionListQueryVariables>;