// What the tests of connections select of each node.

const AUTHOR = 'author { name jobTitle }';
const COMMENT = `id bodyHTML netUpvotes isAnswer url createdAgo viewerVote viewerDraft { id body } viewerEditDraft { id } ${AUTHOR}
  viewerCan { update { isAllowed } reply { isAllowed } markAsAnswer { isAllowed } delete { isAllowed } }`;
const REVISION = `body redactedAt editor { name } bodyDiff { text }`;

/** What a front end shows of each node: its fields, what they lead to, and what the viewer may do. */
export const NODE_FIELDS = {
  Discussion: `id title url duplicateOf { title } duplicates(first: 2) { totalCount nodes { title } } excerpt(length: 40) participantCount participants(first: 3) { name } createdAgo viewerVote viewerHasBookmarked viewerDraft { id } viewerEditDraft { id } viewCount ${AUTHOR} category { name } product { name } tags { name }
    pin { label pinnedBy { name } } commentCount lastComment { createdAgo ${AUTHOR} } answer { ${COMMENT} }
    viewerCan { update { isAllowed } delete { isAllowed } close { isAllowed } }
    relatedDiscussions(first: 3) { title url commentCount discussion { title } }
    comments(first: 2) { totalCount nodes { ${COMMENT} replies(first: 2) { totalCount nodes { ${COMMENT} } } } }`,
  Comment: `${COMMENT} discussion { title } position depth replyToId replyTo { id } replies(first: 3) { totalCount nodes { ${COMMENT} } }`,
  Bookmark: 'id createdAt discussion { title viewerHasBookmarked author { name } }',
  Draft: `id kind savedAt title body category { name } product { name } tags { name } discussion { title ${AUTHOR} } comment { bodyHTML ${AUTHOR} }`,
  DiscussionRevision: `${REVISION} titleDiff { text } discussion { title }`,
  CommentRevision: `id revision ${REVISION} comment { id isDeleted }`,
  ModerationEvent: `id action createdAt revision reason externalId actor { name } discussion { title }
    comment { id body } source { title mergedAt } destination { title }`,
  Category: `name discussions(first: 3) { totalCount nodes { title ${AUTHOR} } }`,
  Product: 'name discussions(first: 3) { totalCount nodes { title } }',
  Author: `id handle name jobTitle avatarUrl role createdAt accountStatus { createdAt isEmailConfirmed lastSeenAt }
    discussionCount commentCount acceptedAnswerCount
    receivedUpvoteCount receivedDownvoteCount moderatedCategories { name } representedProducts { name }
    discussions(first: 2) { totalCount nodes { title } }`,
  Tag: 'name discussions(first: 3) { totalCount nodes { title } }',
  Session: 'id createdAt lastUsedAt expiresAt userAgent isCurrent',
  DeletedDiscussion:
    'id discussionId title body author { name } category { name } product { name } commentCount deletedAt deletedBy { name } deletionReason',
  DeletedComment:
    'id commentId bodyHTML author { name } discussion { title } deletedAt deletedBy { name } deletionReason',
  SearchResult: `subject { ... on Discussion { title ${AUTHOR} } ... on Comment { ${COMMENT} } }
    textMatches { fragment property highlights { beginIndice endIndice text } } rankExplanation { value inputs { name } }`,
  ApiKey: 'id name hint scopes createdAt lastUsedAt',
} as const;
