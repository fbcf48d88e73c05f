import { notFound } from '../../api/api-error.ts';
import { type FragmentType, graphql, readFragment } from '../../generated/graphql/index.ts';
import { type Answer, json } from '../../http/answers.ts';
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

/** So many of the newest comments are looked at for the first new one. */
const NEW_MAX = 100;
const FirstNewComment = graphql(`
  query FirstNewComment($slug: String!, $count: Int!) {
    discussion(slug: $slug) {
      allComments(first: $count, orderBy: NEWEST) {
        nodes {
          id
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
  const count = commentCount - (Number(visit.url.searchParams.get('seen')) || 0);
  const firstId = count > 1 ? await firstNewId(visit, slug, count) : undefined;
  const newest = lastComment ? inThread(slug, lastComment.id) : discussionPath(slug);
  return json({
    count: commentCount,
    heading: text('thread.count', { count: commentCount }),
    note: count > 0 ? text('thread.news', { count }) : '',
    newest: lastComment?.createdAt ?? visit.now.toISOString(),
    path: newest,
    firstPath: firstId === undefined ? newest : inThread(slug, firstId),
  });
}

/** The id of the first of the newest comments. */
async function firstNewId(visit: Visit, slug: string, count: number): Promise<string | undefined> {
  const data = await visit.ask(FirstNewComment, { slug, count: Math.min(count, NEW_MAX) });
  return data.discussion?.allComments.nodes.at(-1)?.id;
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
