/* eslint-disable */
import * as types from './graphql.ts';



/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "\n  fragment AuthorName on Author {\n    id\n    name\n    title\n    company\n  }\n": typeof types.AuthorNameFragmentDoc,
    "\n  fragment Frame on Query {\n    viewer {\n      id\n      name\n      handle\n    }\n  }\n": typeof types.FrameFragmentDoc,
    "\n  fragment Votes on Votable {\n    id\n    netUpvotes\n    viewerVote\n    viewerCan {\n      vote {\n        allowed\n        code\n        message\n      }\n    }\n  }\n": typeof types.VotesFragmentDoc,
    "\n  mutation SignIn($input: SignInInput!) {\n    signIn(input: $input) {\n      token\n    }\n  }\n": typeof types.SignInDocument,
    "\n  mutation SignOut($input: SignOutInput!) {\n    signOut(input: $input) {\n      clientMutationId\n    }\n  }\n": typeof types.SignOutDocument,
    "\n  mutation CreateAccount($input: CreateAccountInput!) {\n    createAccount(input: $input) {\n      token\n    }\n  }\n": typeof types.CreateAccountDocument,
    "\n  mutation AddComment($input: AddCommentInput!) {\n    addComment(input: $input) {\n      comment {\n        id\n      }\n    }\n  }\n": typeof types.AddCommentDocument,
    "\n  query PreviewComment($input: PreviewCommentInput!) {\n    previewComment(input: $input) {\n      bodyHTML\n      problems {\n        field\n        message\n      }\n    }\n  }\n": typeof types.PreviewCommentDocument,
    "\n  fragment Answered on Discussion {\n    isAnswerChanged\n    answeredBy {\n      ...AuthorName\n    }\n    answer {\n      id\n      bodyHTML\n      createdAt\n      replyCount\n      netUpvotes\n      author {\n        ...AuthorName\n      }\n    }\n  }\n": typeof types.AnsweredFragmentDoc,
    "\n  fragment CommentItem on Comment {\n    id\n    bodyHTML\n    createdAt\n    lastEditedAt\n    isDeleted\n    isAnswer\n    isOfficial\n    isVerifiedUser\n    author {\n      id\n      ...AuthorName\n    }\n    viewerCan {\n      reply {\n        allowed\n        code\n        message\n      }\n    }\n    ...Votes\n    ...CommentMenu\n  }\n": typeof types.CommentItemFragmentDoc,
    "\n  fragment CommentMenu on Comment {\n    id\n    isAnswer\n    isOfficial\n    isVerifiedUser\n    author {\n      id\n    }\n    viewerCan {\n      update {\n        allowed\n        code\n        message\n      }\n      delete {\n        allowed\n        code\n        message\n      }\n      markAsAnswer {\n        allowed\n        code\n        message\n      }\n      unmarkAsAnswer {\n        allowed\n        code\n        message\n      }\n      markOfficial {\n        allowed\n        code\n        message\n      }\n      markVerifiedUser {\n        allowed\n        code\n        message\n      }\n    }\n  }\n": typeof types.CommentMenuFragmentDoc,
    "\n  fragment DiscussionHead on Discussion {\n    title\n    url\n    bodyText\n    createdAt\n    lastActivityAt\n  }\n": typeof types.DiscussionHeadFragmentDoc,
    "\n  fragment DiscussionMenu on Discussion {\n    id\n    slug\n    locked\n    closed\n    pin {\n      label\n    }\n    author {\n      id\n    }\n    viewerCan {\n      update {\n        allowed\n        code\n        message\n      }\n      delete {\n        allowed\n        code\n        message\n      }\n      pin {\n        allowed\n        code\n        message\n      }\n      lock {\n        allowed\n        code\n        message\n      }\n      close {\n        allowed\n        code\n        message\n      }\n    }\n  }\n": typeof types.DiscussionMenuFragmentDoc,
    "\n  fragment DiscussionRail on Discussion {\n    isAnswered\n    closed\n    lastActivityAt\n    category {\n      name\n      slug\n    }\n    product {\n      name\n      slug\n    }\n    relatedDiscussions(first: 5) {\n      title\n      url\n      commentCount\n      discussion {\n        slug\n      }\n    }\n  }\n": typeof types.DiscussionRailFragmentDoc,
    "\n  fragment Discussion on Discussion {\n    id\n    slug\n    commentCount\n    author {\n      id\n    }\n    product {\n      name\n    }\n    viewerCan {\n      comment {\n        allowed\n        code\n        message\n      }\n    }\n    ...Question\n    ...Notices\n    ...Answered\n    ...DiscussionRail\n  }\n": typeof types.DiscussionFragmentDoc,
    "\n  fragment Notices on Discussion {\n    slug\n    locked\n    lockReason\n    closed\n    closeReason\n    pin {\n      label\n    }\n  }\n": typeof types.NoticesFragmentDoc,
    "\n  fragment Question on Discussion {\n    slug\n    title\n    bodyHTML\n    createdAt\n    lastEditedAt\n    author {\n      ...AuthorName\n    }\n    category {\n      name\n      slug\n    }\n    product {\n      name\n      slug\n    }\n    tags {\n      name\n      slug\n    }\n    ...Votes\n    ...DiscussionMenu\n  }\n": typeof types.QuestionFragmentDoc,
    "\n  query DiscussionPage($slug: String!, $orderBy: CommentOrder!, $after: String) {\n    ...Frame\n    discussion(slug: $slug) {\n      ...DiscussionHead\n      ...Discussion\n      comments(first: 20, after: $after, orderBy: $orderBy) {\n        totalCount\n        pageInfo {\n          endCursor\n          hasNextPage\n        }\n        nodes {\n          id\n          replyCount\n          ...CommentItem\n          replies(first: 10) {\n            totalCount\n            nodes {\n              id\n              replyCount\n              ...CommentItem\n              replies(first: 5) {\n                totalCount\n                nodes {\n                  id\n                  replyCount\n                  ...CommentItem\n                  replies(first: 3) {\n                    totalCount\n                    nodes {\n                      id\n                      replyCount\n                      ...CommentItem\n                    }\n                  }\n                }\n              }\n            }\n          }\n        }\n      }\n    }\n  }\n": typeof types.DiscussionPageDocument,
    "\n  query ThreadPage($id: ID!) {\n    ...Frame\n    node(id: $id) {\n      __typename\n      ... on Comment {\n        id\n        replyCount\n        ...CommentItem\n        discussion {\n          slug\n          ...DiscussionHead\n          ...Discussion\n        }\n        replies(first: 50) {\n          totalCount\n          nodes {\n            id\n            replyCount\n            ...CommentItem\n            replies(first: 10) {\n              totalCount\n              nodes {\n                id\n                replyCount\n                ...CommentItem\n                replies(first: 3) {\n                  totalCount\n                  nodes {\n                    id\n                    replyCount\n                    ...CommentItem\n                  }\n                }\n              }\n            }\n          }\n        }\n      }\n    }\n  }\n": typeof types.ThreadPageDocument,
    "\n  mutation SetVote($input: SetVoteInput!) {\n    setVote(input: $input) {\n      subject {\n        netUpvotes\n        viewerVote\n      }\n    }\n  }\n": typeof types.SetVoteDocument,
    "\n  fragment DiscussionRow on Discussion {\n    slug\n    title\n    createdAt\n    lastActivityAt\n    commentCount\n    isAnswered\n    locked\n    netUpvotes\n    author {\n      ...AuthorName\n    }\n    product {\n      name\n      slug\n    }\n    pin {\n      label\n    }\n  }\n": typeof types.DiscussionRowFragmentDoc,
    "\n  fragment Rail on Query {\n    waiting: discussions(first: 4, orderBy: NEWEST, filter: { isAnswered: false }) {\n      nodes {\n        slug\n        title\n        createdAt\n      }\n    }\n    products(first: 8) {\n      nodes {\n        name\n        slug\n      }\n    }\n    categories(first: 12) {\n      nodes {\n        name\n        slug\n      }\n    }\n    tags(first: 20) {\n      nodes {\n        name\n        slug\n      }\n    }\n  }\n": typeof types.RailFragmentDoc,
    "\n  query DiscussionList(\n    $orderBy: DiscussionOrder!\n    $filter: DiscussionFilter!\n    $after: String\n    $slug: String!\n    $isCategory: Boolean!\n    $isProduct: Boolean!\n    $isTag: Boolean!\n    $isFirst: Boolean!\n    $categorySlug: String\n    $productSlug: String\n  ) {\n    ...Frame\n    ...Rail\n    category(slug: $slug) @include(if: $isCategory) {\n      name\n    }\n    product(slug: $slug) @include(if: $isProduct) {\n      name\n    }\n    tag(slug: $slug) @include(if: $isTag) {\n      name\n    }\n    pinnedDiscussions(first: 5, categorySlug: $categorySlug, productSlug: $productSlug) @include(if: $isFirst) {\n      id\n      ...DiscussionRow\n    }\n    discussions(first: 20, after: $after, orderBy: $orderBy, filter: $filter) {\n      totalCount\n      nodes {\n        id\n        ...DiscussionRow\n      }\n      pageInfo {\n        endCursor\n        hasNextPage\n      }\n    }\n  }\n": typeof types.DiscussionListDocument,
};
const documents: Documents = {
    "\n  fragment AuthorName on Author {\n    id\n    name\n    title\n    company\n  }\n": types.AuthorNameFragmentDoc,
    "\n  fragment Frame on Query {\n    viewer {\n      id\n      name\n      handle\n    }\n  }\n": types.FrameFragmentDoc,
    "\n  fragment Votes on Votable {\n    id\n    netUpvotes\n    viewerVote\n    viewerCan {\n      vote {\n        allowed\n        code\n        message\n      }\n    }\n  }\n": types.VotesFragmentDoc,
    "\n  mutation SignIn($input: SignInInput!) {\n    signIn(input: $input) {\n      token\n    }\n  }\n": types.SignInDocument,
    "\n  mutation SignOut($input: SignOutInput!) {\n    signOut(input: $input) {\n      clientMutationId\n    }\n  }\n": types.SignOutDocument,
    "\n  mutation CreateAccount($input: CreateAccountInput!) {\n    createAccount(input: $input) {\n      token\n    }\n  }\n": types.CreateAccountDocument,
    "\n  mutation AddComment($input: AddCommentInput!) {\n    addComment(input: $input) {\n      comment {\n        id\n      }\n    }\n  }\n": types.AddCommentDocument,
    "\n  query PreviewComment($input: PreviewCommentInput!) {\n    previewComment(input: $input) {\n      bodyHTML\n      problems {\n        field\n        message\n      }\n    }\n  }\n": types.PreviewCommentDocument,
    "\n  fragment Answered on Discussion {\n    isAnswerChanged\n    answeredBy {\n      ...AuthorName\n    }\n    answer {\n      id\n      bodyHTML\n      createdAt\n      replyCount\n      netUpvotes\n      author {\n        ...AuthorName\n      }\n    }\n  }\n": types.AnsweredFragmentDoc,
    "\n  fragment CommentItem on Comment {\n    id\n    bodyHTML\n    createdAt\n    lastEditedAt\n    isDeleted\n    isAnswer\n    isOfficial\n    isVerifiedUser\n    author {\n      id\n      ...AuthorName\n    }\n    viewerCan {\n      reply {\n        allowed\n        code\n        message\n      }\n    }\n    ...Votes\n    ...CommentMenu\n  }\n": types.CommentItemFragmentDoc,
    "\n  fragment CommentMenu on Comment {\n    id\n    isAnswer\n    isOfficial\n    isVerifiedUser\n    author {\n      id\n    }\n    viewerCan {\n      update {\n        allowed\n        code\n        message\n      }\n      delete {\n        allowed\n        code\n        message\n      }\n      markAsAnswer {\n        allowed\n        code\n        message\n      }\n      unmarkAsAnswer {\n        allowed\n        code\n        message\n      }\n      markOfficial {\n        allowed\n        code\n        message\n      }\n      markVerifiedUser {\n        allowed\n        code\n        message\n      }\n    }\n  }\n": types.CommentMenuFragmentDoc,
    "\n  fragment DiscussionHead on Discussion {\n    title\n    url\n    bodyText\n    createdAt\n    lastActivityAt\n  }\n": types.DiscussionHeadFragmentDoc,
    "\n  fragment DiscussionMenu on Discussion {\n    id\n    slug\n    locked\n    closed\n    pin {\n      label\n    }\n    author {\n      id\n    }\n    viewerCan {\n      update {\n        allowed\n        code\n        message\n      }\n      delete {\n        allowed\n        code\n        message\n      }\n      pin {\n        allowed\n        code\n        message\n      }\n      lock {\n        allowed\n        code\n        message\n      }\n      close {\n        allowed\n        code\n        message\n      }\n    }\n  }\n": types.DiscussionMenuFragmentDoc,
    "\n  fragment DiscussionRail on Discussion {\n    isAnswered\n    closed\n    lastActivityAt\n    category {\n      name\n      slug\n    }\n    product {\n      name\n      slug\n    }\n    relatedDiscussions(first: 5) {\n      title\n      url\n      commentCount\n      discussion {\n        slug\n      }\n    }\n  }\n": types.DiscussionRailFragmentDoc,
    "\n  fragment Discussion on Discussion {\n    id\n    slug\n    commentCount\n    author {\n      id\n    }\n    product {\n      name\n    }\n    viewerCan {\n      comment {\n        allowed\n        code\n        message\n      }\n    }\n    ...Question\n    ...Notices\n    ...Answered\n    ...DiscussionRail\n  }\n": types.DiscussionFragmentDoc,
    "\n  fragment Notices on Discussion {\n    slug\n    locked\n    lockReason\n    closed\n    closeReason\n    pin {\n      label\n    }\n  }\n": types.NoticesFragmentDoc,
    "\n  fragment Question on Discussion {\n    slug\n    title\n    bodyHTML\n    createdAt\n    lastEditedAt\n    author {\n      ...AuthorName\n    }\n    category {\n      name\n      slug\n    }\n    product {\n      name\n      slug\n    }\n    tags {\n      name\n      slug\n    }\n    ...Votes\n    ...DiscussionMenu\n  }\n": types.QuestionFragmentDoc,
    "\n  query DiscussionPage($slug: String!, $orderBy: CommentOrder!, $after: String) {\n    ...Frame\n    discussion(slug: $slug) {\n      ...DiscussionHead\n      ...Discussion\n      comments(first: 20, after: $after, orderBy: $orderBy) {\n        totalCount\n        pageInfo {\n          endCursor\n          hasNextPage\n        }\n        nodes {\n          id\n          replyCount\n          ...CommentItem\n          replies(first: 10) {\n            totalCount\n            nodes {\n              id\n              replyCount\n              ...CommentItem\n              replies(first: 5) {\n                totalCount\n                nodes {\n                  id\n                  replyCount\n                  ...CommentItem\n                  replies(first: 3) {\n                    totalCount\n                    nodes {\n                      id\n                      replyCount\n                      ...CommentItem\n                    }\n                  }\n                }\n              }\n            }\n          }\n        }\n      }\n    }\n  }\n": types.DiscussionPageDocument,
    "\n  query ThreadPage($id: ID!) {\n    ...Frame\n    node(id: $id) {\n      __typename\n      ... on Comment {\n        id\n        replyCount\n        ...CommentItem\n        discussion {\n          slug\n          ...DiscussionHead\n          ...Discussion\n        }\n        replies(first: 50) {\n          totalCount\n          nodes {\n            id\n            replyCount\n            ...CommentItem\n            replies(first: 10) {\n              totalCount\n              nodes {\n                id\n                replyCount\n                ...CommentItem\n                replies(first: 3) {\n                  totalCount\n                  nodes {\n                    id\n                    replyCount\n                    ...CommentItem\n                  }\n                }\n              }\n            }\n          }\n        }\n      }\n    }\n  }\n": types.ThreadPageDocument,
    "\n  mutation SetVote($input: SetVoteInput!) {\n    setVote(input: $input) {\n      subject {\n        netUpvotes\n        viewerVote\n      }\n    }\n  }\n": types.SetVoteDocument,
    "\n  fragment DiscussionRow on Discussion {\n    slug\n    title\n    createdAt\n    lastActivityAt\n    commentCount\n    isAnswered\n    locked\n    netUpvotes\n    author {\n      ...AuthorName\n    }\n    product {\n      name\n      slug\n    }\n    pin {\n      label\n    }\n  }\n": types.DiscussionRowFragmentDoc,
    "\n  fragment Rail on Query {\n    waiting: discussions(first: 4, orderBy: NEWEST, filter: { isAnswered: false }) {\n      nodes {\n        slug\n        title\n        createdAt\n      }\n    }\n    products(first: 8) {\n      nodes {\n        name\n        slug\n      }\n    }\n    categories(first: 12) {\n      nodes {\n        name\n        slug\n      }\n    }\n    tags(first: 20) {\n      nodes {\n        name\n        slug\n      }\n    }\n  }\n": types.RailFragmentDoc,
    "\n  query DiscussionList(\n    $orderBy: DiscussionOrder!\n    $filter: DiscussionFilter!\n    $after: String\n    $slug: String!\n    $isCategory: Boolean!\n    $isProduct: Boolean!\n    $isTag: Boolean!\n    $isFirst: Boolean!\n    $categorySlug: String\n    $productSlug: String\n  ) {\n    ...Frame\n    ...Rail\n    category(slug: $slug) @include(if: $isCategory) {\n      name\n    }\n    product(slug: $slug) @include(if: $isProduct) {\n      name\n    }\n    tag(slug: $slug) @include(if: $isTag) {\n      name\n    }\n    pinnedDiscussions(first: 5, categorySlug: $categorySlug, productSlug: $productSlug) @include(if: $isFirst) {\n      id\n      ...DiscussionRow\n    }\n    discussions(first: 20, after: $after, orderBy: $orderBy, filter: $filter) {\n      totalCount\n      nodes {\n        id\n        ...DiscussionRow\n      }\n      pageInfo {\n        endCursor\n        hasNextPage\n      }\n    }\n  }\n": types.DiscussionListDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment AuthorName on Author {\n    id\n    name\n    title\n    company\n  }\n"): typeof import('./graphql').AuthorNameFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment Frame on Query {\n    viewer {\n      id\n      name\n      handle\n    }\n  }\n"): typeof import('./graphql').FrameFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment Votes on Votable {\n    id\n    netUpvotes\n    viewerVote\n    viewerCan {\n      vote {\n        allowed\n        code\n        message\n      }\n    }\n  }\n"): typeof import('./graphql').VotesFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SignIn($input: SignInInput!) {\n    signIn(input: $input) {\n      token\n    }\n  }\n"): typeof import('./graphql').SignInDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SignOut($input: SignOutInput!) {\n    signOut(input: $input) {\n      clientMutationId\n    }\n  }\n"): typeof import('./graphql').SignOutDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateAccount($input: CreateAccountInput!) {\n    createAccount(input: $input) {\n      token\n    }\n  }\n"): typeof import('./graphql').CreateAccountDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation AddComment($input: AddCommentInput!) {\n    addComment(input: $input) {\n      comment {\n        id\n      }\n    }\n  }\n"): typeof import('./graphql').AddCommentDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query PreviewComment($input: PreviewCommentInput!) {\n    previewComment(input: $input) {\n      bodyHTML\n      problems {\n        field\n        message\n      }\n    }\n  }\n"): typeof import('./graphql').PreviewCommentDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment Answered on Discussion {\n    isAnswerChanged\n    answeredBy {\n      ...AuthorName\n    }\n    answer {\n      id\n      bodyHTML\n      createdAt\n      replyCount\n      netUpvotes\n      author {\n        ...AuthorName\n      }\n    }\n  }\n"): typeof import('./graphql').AnsweredFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment CommentItem on Comment {\n    id\n    bodyHTML\n    createdAt\n    lastEditedAt\n    isDeleted\n    isAnswer\n    isOfficial\n    isVerifiedUser\n    author {\n      id\n      ...AuthorName\n    }\n    viewerCan {\n      reply {\n        allowed\n        code\n        message\n      }\n    }\n    ...Votes\n    ...CommentMenu\n  }\n"): typeof import('./graphql').CommentItemFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment CommentMenu on Comment {\n    id\n    isAnswer\n    isOfficial\n    isVerifiedUser\n    author {\n      id\n    }\n    viewerCan {\n      update {\n        allowed\n        code\n        message\n      }\n      delete {\n        allowed\n        code\n        message\n      }\n      markAsAnswer {\n        allowed\n        code\n        message\n      }\n      unmarkAsAnswer {\n        allowed\n        code\n        message\n      }\n      markOfficial {\n        allowed\n        code\n        message\n      }\n      markVerifiedUser {\n        allowed\n        code\n        message\n      }\n    }\n  }\n"): typeof import('./graphql').CommentMenuFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment DiscussionHead on Discussion {\n    title\n    url\n    bodyText\n    createdAt\n    lastActivityAt\n  }\n"): typeof import('./graphql').DiscussionHeadFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment DiscussionMenu on Discussion {\n    id\n    slug\n    locked\n    closed\n    pin {\n      label\n    }\n    author {\n      id\n    }\n    viewerCan {\n      update {\n        allowed\n        code\n        message\n      }\n      delete {\n        allowed\n        code\n        message\n      }\n      pin {\n        allowed\n        code\n        message\n      }\n      lock {\n        allowed\n        code\n        message\n      }\n      close {\n        allowed\n        code\n        message\n      }\n    }\n  }\n"): typeof import('./graphql').DiscussionMenuFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment DiscussionRail on Discussion {\n    isAnswered\n    closed\n    lastActivityAt\n    category {\n      name\n      slug\n    }\n    product {\n      name\n      slug\n    }\n    relatedDiscussions(first: 5) {\n      title\n      url\n      commentCount\n      discussion {\n        slug\n      }\n    }\n  }\n"): typeof import('./graphql').DiscussionRailFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment Discussion on Discussion {\n    id\n    slug\n    commentCount\n    author {\n      id\n    }\n    product {\n      name\n    }\n    viewerCan {\n      comment {\n        allowed\n        code\n        message\n      }\n    }\n    ...Question\n    ...Notices\n    ...Answered\n    ...DiscussionRail\n  }\n"): typeof import('./graphql').DiscussionFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment Notices on Discussion {\n    slug\n    locked\n    lockReason\n    closed\n    closeReason\n    pin {\n      label\n    }\n  }\n"): typeof import('./graphql').NoticesFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment Question on Discussion {\n    slug\n    title\n    bodyHTML\n    createdAt\n    lastEditedAt\n    author {\n      ...AuthorName\n    }\n    category {\n      name\n      slug\n    }\n    product {\n      name\n      slug\n    }\n    tags {\n      name\n      slug\n    }\n    ...Votes\n    ...DiscussionMenu\n  }\n"): typeof import('./graphql').QuestionFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query DiscussionPage($slug: String!, $orderBy: CommentOrder!, $after: String) {\n    ...Frame\n    discussion(slug: $slug) {\n      ...DiscussionHead\n      ...Discussion\n      comments(first: 20, after: $after, orderBy: $orderBy) {\n        totalCount\n        pageInfo {\n          endCursor\n          hasNextPage\n        }\n        nodes {\n          id\n          replyCount\n          ...CommentItem\n          replies(first: 10) {\n            totalCount\n            nodes {\n              id\n              replyCount\n              ...CommentItem\n              replies(first: 5) {\n                totalCount\n                nodes {\n                  id\n                  replyCount\n                  ...CommentItem\n                  replies(first: 3) {\n                    totalCount\n                    nodes {\n                      id\n                      replyCount\n                      ...CommentItem\n                    }\n                  }\n                }\n              }\n            }\n          }\n        }\n      }\n    }\n  }\n"): typeof import('./graphql').DiscussionPageDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ThreadPage($id: ID!) {\n    ...Frame\n    node(id: $id) {\n      __typename\n      ... on Comment {\n        id\n        replyCount\n        ...CommentItem\n        discussion {\n          slug\n          ...DiscussionHead\n          ...Discussion\n        }\n        replies(first: 50) {\n          totalCount\n          nodes {\n            id\n            replyCount\n            ...CommentItem\n            replies(first: 10) {\n              totalCount\n              nodes {\n                id\n                replyCount\n                ...CommentItem\n                replies(first: 3) {\n                  totalCount\n                  nodes {\n                    id\n                    replyCount\n                    ...CommentItem\n                  }\n                }\n              }\n            }\n          }\n        }\n      }\n    }\n  }\n"): typeof import('./graphql').ThreadPageDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SetVote($input: SetVoteInput!) {\n    setVote(input: $input) {\n      subject {\n        netUpvotes\n        viewerVote\n      }\n    }\n  }\n"): typeof import('./graphql').SetVoteDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment DiscussionRow on Discussion {\n    slug\n    title\n    createdAt\n    lastActivityAt\n    commentCount\n    isAnswered\n    locked\n    netUpvotes\n    author {\n      ...AuthorName\n    }\n    product {\n      name\n      slug\n    }\n    pin {\n      label\n    }\n  }\n"): typeof import('./graphql').DiscussionRowFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment Rail on Query {\n    waiting: discussions(first: 4, orderBy: NEWEST, filter: { isAnswered: false }) {\n      nodes {\n        slug\n        title\n        createdAt\n      }\n    }\n    products(first: 8) {\n      nodes {\n        name\n        slug\n      }\n    }\n    categories(first: 12) {\n      nodes {\n        name\n        slug\n      }\n    }\n    tags(first: 20) {\n      nodes {\n        name\n        slug\n      }\n    }\n  }\n"): typeof import('./graphql').RailFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query DiscussionList(\n    $orderBy: DiscussionOrder!\n    $filter: DiscussionFilter!\n    $after: String\n    $slug: String!\n    $isCategory: Boolean!\n    $isProduct: Boolean!\n    $isTag: Boolean!\n    $isFirst: Boolean!\n    $categorySlug: String\n    $productSlug: String\n  ) {\n    ...Frame\n    ...Rail\n    category(slug: $slug) @include(if: $isCategory) {\n      name\n    }\n    product(slug: $slug) @include(if: $isProduct) {\n      name\n    }\n    tag(slug: $slug) @include(if: $isTag) {\n      name\n    }\n    pinnedDiscussions(first: 5, categorySlug: $categorySlug, productSlug: $productSlug) @include(if: $isFirst) {\n      id\n      ...DiscussionRow\n    }\n    discussions(first: 20, after: $after, orderBy: $orderBy, filter: $filter) {\n      totalCount\n      nodes {\n        id\n        ...DiscussionRow\n      }\n      pageInfo {\n        endCursor\n        hasNextPage\n      }\n    }\n  }\n"): typeof import('./graphql').DiscussionListDocument;


export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}
