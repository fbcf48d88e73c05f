const thread = `# One discussion and its comments.
# Press Ctrl-Enter to run the query.
# Docs: the button at the top left.
query Thread {
  discussion(
    slug: "what-is-the-difference-between-iso-and-soc2"
  ) {
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

const list = `# What is talked about now, a page at a time.
# The next page: give endCursor to discussions(after:).
query Discussions {
  discussions(first: 10, orderBy: HOT) {
    totalCount
    nodes {
      id
      title
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

/** What a first visit finds in the editor. */
export const defaultTabs = [{ query: thread }, { query: list }];
