// Every GraphQL operation that the MCP server sends. They are constant, so that an operator who trusts only listed
// documents can trust these.

const PROBLEM = 'code field message';
const PERMISSION = 'isAllowed code message';
const COMMENT = 'id url createdAt netUpvotes isAnswer isOfficial revision replyToId author { name handle }';

export const SEARCH = `query McpSearch($query: String!, $type: SearchType, $first: Int, $after: String, $orderBy: SearchOrder) {
  search(query: $query, type: $type, first: $first, after: $after, orderBy: $orderBy) {
    totalCount isTotalCountLowerBound suggestion
    pageInfo { hasNextPage endCursor }
    searchIssues { code message }
    nodes {
      textMatches { fragment }
      subject {
        __typename
        ... on Discussion { id slug url title createdAt netUpvotes commentCount isAnswered author { name handle } excerpt }
        ... on Comment { id url createdAt netUpvotes isAnswer author { name handle } discussion { id slug title } }
      }
    }
  }
}`;

export const READ_DISCUSSION = `query McpReadDiscussion($id: ID, $slug: String, $url: URI, $maxTokens: Int) {
  discussion(id: $id, slug: $slug, url: $url) {
    id slug url title createdAt netUpvotes commentCount isAnswered isLocked isClosed
    category { slug isAnswerable }
    author { name handle }
    answer { id }
    asMarkdown(maxTokens: $maxTokens)
    comments(first: 20, orderBy: BEST) { nodes { ${COMMENT} replies(first: 4) { nodes { ${COMMENT} } } } }
  }
}`;

export const SIMILAR = `query McpSimilar($title: String!, $body: String, $first: Int) {
  similarDiscussions(title: $title, body: $body, first: $first) {
    similarity
    discussion { id slug url title commentCount isAnswered netUpvotes excerpt }
  }
}`;

export const CATEGORY_ID = 'query McpCategoryId($slug: String!) { entry: category(slug: $slug) { id } }';

export const PRODUCT_ID = 'query McpProductId($slug: String!) { entry: product(slug: $slug) { id } }';

export const CREATE_DISCUSSION = `mutation McpAskQuestion($input: CreateDiscussionInput!) {
  createDiscussion(input: $input) { discussion { id slug url title } }
}`;

export const PREVIEW_DISCUSSION = `query McpPreviewQuestion($input: PreviewDiscussionInput!) {
  previewDiscussion(input: $input) {
    title slug bodyText
    permission { ${PERMISSION} }
    rateLimit { remaining resetsAt }
    problems { ${PROBLEM} }
  }
}`;

export const ADD_COMMENT = `mutation McpAddComment($input: AddCommentInput!) {
  addComment(input: $input) { comment { id url replyToId } discussion { id commentCount } }
}`;

export const PREVIEW_COMMENT = `query McpPreviewComment($input: PreviewCommentInput!) {
  previewComment(input: $input) {
    bodyText
    permission { ${PERMISSION} }
    rateLimit { remaining resetsAt }
    problems { ${PROBLEM} }
  }
}`;

export const SET_VOTE = `mutation McpVote($input: SetVoteInput!) {
  setVote(input: $input) { subject { id viewerVote netUpvotes } }
}`;

export const PREVIEW_VOTE = `query McpPreviewVote($id: ID!) {
  node(id: $id) { ... on Votable { id viewerVote netUpvotes viewerCan { vote { ${PERMISSION} } } } }
}`;

export const MARK_ANSWER = `mutation McpMarkAnswer($input: MarkCommentAsAnswerInput!) {
  markCommentAsAnswer(input: $input) { comment { id url isAnswer } discussion { id isAnswered } previousAnswer { id } }
}`;

export const PREVIEW_ANSWER = `query McpPreviewAnswer($id: ID!) {
  node(id: $id) {
    ... on Comment {
      id url revision isAnswer
      viewerCan { markAsAnswer { ${PERMISSION} } }
      discussion { id answer { id } }
    }
  }
}`;

export const CATEGORIES =
  'query McpCategories { categories(first: 100) { nodes { slug name url isAnswerable } } }';
export const PRODUCTS = 'query McpProducts { products(first: 100) { nodes { slug name url } } }';
export const TAGS = 'query McpTags { tags(first: 100) { nodes { slug name } } }';

export const HOT_DISCUSSIONS = `query McpHotDiscussions {
  discussions(first: 20, orderBy: HOT) { nodes { slug title excerpt } }
}`;

export const DISCUSSION_TEXT = `query McpDiscussionText($slug: String!) {
  discussion(slug: $slug) { asMarkdown(maxTokens: 10000) }
}`;

/** The forum's name. */
export const SITE_NAME = 'query McpSiteName { serverInfo { siteName } }';

/** Tells whether a credential is valid. */
export const WHO = 'query McpWho { viewer { id } }';
