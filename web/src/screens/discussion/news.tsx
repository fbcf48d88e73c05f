import { notFound } from '../../api/api-error.ts';
import { type FragmentType, graphql, readFragment } from '../../generated/graphql/index.ts';
import { type Answer, json, redirect } from '../../http/answers.ts';
import type { Visit } from '../../http/visit.ts';
import { usePage } from '../../parts/page-context.ts';
import { discussionPath, inThread } from '../../parts/paths.ts';

const NewsFields = graphql(`
  fragment News on Discussion {
    slug
    commentCount
    lastComment {
      id
      createdAt
    }
  }
`);

const NewComments = graphql(`
  query NewComments($slug: String!) {
    discussion(slug: $slug) {
      ...News
    }
  }
`);

/** As many as the API returns at once: the first new comment is looked for among the newest. */
const FirstNewComment = graphql(`
  query FirstNewComment($slug: String!) {
    discussion(slug: $slug) {
      slug
      commentCount
      allComments(first: 100, orderBy: NEWEST) {
        nodes {
          id
          isDeleted
        }
      }
    }
  }
`);

/** Tells the script of an open page how many comments have come. `seen` is the number that the page knows of. */
export async function answerNews(visit: Visit): Promise<Answer> {
  const { text } = visit.speech;
  const { discussion } = await visit.ask(NewComments, { slug: visit.params['slug'] ?? '' });
  if (!discussion) throw notFound();
  const { slug, commentCount, lastComment } = readFragment(NewsFields, discussion);
  const seen = seenOf(visit);
  const count = commentCount - seen;
  return json({
    count: commentCount,
    heading: text('thread.count', { count: commentCount }),
    note: count > 0 ? text('thread.news', { count }) : '',
    newest: lastComment?.createdAt ?? visit.now.toISOString(),
    path: lastComment ? inThread(slug, lastComment.id) : discussionPath(slug),
    firstPath: `${discussionPath(slug)}/new?seen=${seen}`,
  });
}

/** Leads to the first comment that a page does not know of: of the newest hundred, if there are more. */
export async function leadToNew(visit: Visit): Promise<Answer> {
  const { discussion } = await visit.ask(FirstNewComment, { slug: visit.params['slug'] ?? '' });
  if (!discussion) throw notFound();
  const { slug, commentCount, allComments } = discussion;
  // as they are counted: deleted ones that have replies are listed, but not counted
  const counted = allComments.nodes.filter(({ isDeleted }) => !isDeleted);
  const first = counted.slice(0, Math.max(0, commentCount - seenOf(visit))).at(-1);
  return redirect(first ? inThread(slug, first.id) : discussionPath(slug));
}

/** How many comments the page knows of. */
function seenOf({ url }: Visit): number {
  return Number(url.searchParams.get('seen')) || 0;
}

/** The place of the note, which is empty until there is something new. */
export function NewsNote({ discussion }: { readonly discussion: FragmentType<typeof NewsFields> }) {
  const { visit } = usePage();
  const { slug, commentCount, lastComment } = readFragment(NewsFields, discussion);
  return (
    <div
      class="news"
      role="status"
      data-news={`${discussionPath(slug)}/news`}
      data-seen={commentCount}
      data-newest={lastComment?.createdAt ?? visit.now.toISOString()}
    />
  );
}
