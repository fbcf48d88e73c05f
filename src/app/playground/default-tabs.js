const thread = `# One discussion with everything that is said in it.
# Change the query and press Ctrl-Enter, or open the documentation at the left.
query Thread {
  discussion(slug: "what-is-the-difference-between-iso-and-soc2") {
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
          title
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

const list = `# The discussions that are talked about now, a page at a time.
# The next page: hand endCursor to discussions(after: …).
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
          title
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
