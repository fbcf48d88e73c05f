// What a first visit finds. Lines fit the editor at 1280 pixels.

const thread = `# One discussion and its comments.
# Press Ctrl-Enter to run the query.
# Docs: the button with the book.
query Thread($slug: String!) {
  discussion(slug: $slug) {
    id
    title
    url
    createdAgo
    product {
      name
      url
    }
    category {
      name
      url
    }
    pin {
      label
    }
    commentCount
    comments(first: 20) {
      nodes {
        author {
          jobTitle
        }
        netUpvotes
        createdAgo
        bodyText
      }
    }
    relatedDiscussions {
      title
      url
      createdAgo
      commentCount
    }
  }
}
`;

const threadVariables = { slug: 'what-is-the-difference-between-iso-and-soc2' };

const list = `# The discussions that people talk about.
# The next page: give endCursor to after.
query Discussions {
  discussions(first: 10, orderBy: HOT) {
    totalCount
    nodes {
      id
      title
      excerpt(length: 80)
      createdAgo
      netUpvotes
      commentCount
      isAnswered
      category {
        name
      }
      lastComment {
        createdAgo
        author {
          name
          jobTitle
        }
      }
    }
    pageInfo {
      endCursor
      hasNextPage
    }
  }
}
`;

const comment = `# Adds a comment, as a member.
# In Headers, put a token for TOKEN:
#   npm run api-key -- create
#     --name You --role MEMBER
# In Variables, put the discussion's id,
# which the tab Thread returns.
mutation Comment($input: AddCommentInput!) {
  addComment(input: $input) {
    comment {
      id
      url
      bodyHTML
      author {
        name
      }
    }
    discussion {
      commentCount
    }
  }
}
`;

const commentVariables = { input: { discussionId: 'D_…', body: 'Thank you!' } };

const json = (value) => JSON.stringify(value, null, 2);

/** The tab with the mutation: its headers are shown, because it needs one. */
export const mutationTab = {
  query: comment,
  variables: json(commentVariables),
  headers: json({ Authorization: 'Bearer TOKEN' }),
};

export const defaultTabs = [
  { query: thread, variables: json(threadVariables) },
  { query: list },
  mutationTab,
];
