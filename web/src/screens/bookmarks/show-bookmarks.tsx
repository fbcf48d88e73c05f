import { signInNeeded } from '../../api/api-error.ts';
import type { BookmarksPageQuery } from '../../generated/graphql/graphql.ts';
import { graphql } from '../../generated/graphql/index.ts';
import { type Answer, page } from '../../http/answers.ts';
import type { Visit } from '../../http/visit.ts';
import { AccountPage } from '../../parts/account-page.tsx';
import { viewerOf } from '../../parts/frame.ts';
import { usePage } from '../../parts/page-context.ts';
import { Pager } from '../../parts/pager.tsx';
import { withQuery } from '../../parts/paths.ts';
import { DiscussionRow } from '../list/discussion-row.tsx';

const BookmarksPage = graphql(`
  query BookmarksPage($after: String) {
    ...Frame
    viewer {
      bookmarks(first: 20, after: $after) {
        nodes {
          id
          discussion {
            ...DiscussionRow
          }
        }
        pageInfo {
          endCursor
          hasNextPage
        }
      }
    }
  }
`);

/** The viewer's bookmarks, newest first. */
export async function showBookmarks(visit: Visit): Promise<Answer> {
  const data = await visit.ask(BookmarksPage, { after: visit.url.searchParams.get('after') });
  if (!data.viewer) throw signInNeeded();
  return page({
    title: visit.speech.text('account.tab.bookmarks'),
    viewer: viewerOf(data),
    view: <BookmarksView bookmarks={data.viewer.bookmarks} />,
  });
}

interface BookmarksProps {
  readonly bookmarks: NonNullable<BookmarksPageQuery['viewer']>['bookmarks'];
}

function BookmarksView({ bookmarks: { nodes, pageInfo } }: BookmarksProps) {
  const { visit, text } = usePage();
  const next = pageInfo.hasNextPage ? withQuery(visit.url, { after: pageInfo.endCursor ?? null }) : null;
  return (
    <AccountPage tab="bookmarks">
      {nodes.length === 0 ? (
        <p class="empty">{text('bookmarks.none')}</p>
      ) : (
        <ul class="list" role="list">
          {nodes.map(({ id, discussion }) => (
            <DiscussionRow key={id} discussion={discussion} />
          ))}
        </ul>
      )}
      <Pager next={next} more={text('bookmarks.more')} />
    </AccountPage>
  );
}
