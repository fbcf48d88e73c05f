/** As much of the project's contract as the workload asks for, as the authors of the peers would have written it. */
export const typeDefs = `
enum Role { MEMBER VENDOR MODERATOR ADMIN }
enum CommentOrder { BEST }
enum DiscussionOrder { NEWEST }
enum VoteDirection { UP DOWN NONE }

type Author { id: ID! name: String jobTitle: String company: String avatarUrl: String role: Role! }
type Product { id: ID! name: String! slug: String! }
type Category {
  id: ID! name: String! slug: String!
  discussions(first: Int!, orderBy: DiscussionOrder!): DiscussionConnection!
}
type DiscussionConnection { nodes: [Discussion!]! }
type CommentConnection { nodes: [Comment!]! totalCount: Int! }
type RelatedDiscussion { title: String! url: String! createdAt: String commentCount: Int! }

interface Votable {
  id: ID! upvoteCount: Int! downvoteCount: Int! netUpvotes: Int! viewerVote: VoteDirection!
}
type Discussion implements Votable {
  id: ID! slug: String! url: String! title: String! bodyHTML: String! createdAt: String! createdAgo: String!
  lastActivityAt: String!
  upvoteCount: Int! downvoteCount: Int! netUpvotes: Int! viewerVote: VoteDirection!
  commentCount: Int! isAnswered: Boolean! isLocked: Boolean! isClosed: Boolean!
  author: Author category: Category product: Product lastComment: Comment
  relatedDiscussions(first: Int!): [RelatedDiscussion!]!
  comments(first: Int!, after: String, orderBy: CommentOrder!): CommentConnection!
}
type Comment implements Votable {
  id: ID! depth: Int! bodyHTML: String! createdAt: String! createdAgo: String! lastEditedAt: String
  isDeleted: Boolean! isOfficial: Boolean! isVerifiedUser: Boolean!
  upvoteCount: Int! downvoteCount: Int! netUpvotes: Int! viewerVote: VoteDirection!
  author: Author descendantCount: Int! replies(first: Int!): CommentConnection!
}

input AddCommentInput { discussionId: ID! replyToId: ID body: String! }
input SetVoteInput { subjectId: ID! direction: VoteDirection! }
type AddCommentPayload { comment: Comment discussion: Discussion }
type SetVotePayload { subject: Votable }

type Query {
  discussion(id: ID!): Discussion
  category(slug: String!): Category
}
type Mutation {
  addComment(input: AddCommentInput!): AddCommentPayload!
  setVote(input: SetVoteInput!): SetVotePayload!
}
`;
