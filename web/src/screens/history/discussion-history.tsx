import { notFound } from '../../api/api-error.ts';
import { graphql } from '../../generated/graphql/index.ts';
import { type Answer, page } from '../../http/answers.ts';
import type { Visit } from '../../http/visit.ts';
import { viewerOf } from '../../parts/frame.ts';
import { discussionPath } from '../../parts/paths.ts';
import { LOG_AFTER, ModerationLog } from './moderation-log.tsx';
import { Diff, HistoryView, Revision } from './revision.tsx';

const DiscussionHistory = graphql(`
  query DiscussionHistory($slug: String!, $after: String, $logAfter: String) {
    ...Frame
    discussion(slug: $slug) {
      slug
      title
      revision
      ...ModerationLog
      viewerCan {
        update {
          isAllowed
        }
        redactRevision {
          isAllowed
        }
      }
      revisions(first: 20, after: $after) {
        pageInfo {
          endCursor
          hasNextPage
        }
        nodes {
          id
          revision
          createdAt
          redactedAt
          editor {
            ...AuthorName
          }
          title
          body
          titleDiff {
            kind
            text
          }
          bodyDiff {
            kind
            text
          }
        }
      }
    }
  }
`);

/** The revisions of a discussion, newest first, each with what it changed. */
export async function showDiscussionHistory(visit: Visit): Promise<Answer> {
  const { searchParams } = visit.url;
  const data = await visit.ask(DiscussionHistory, {
    slug: visit.params['slug'] ?? '',
    after: searchParams.get('after'),
    logAfter: searchParams.get(LOG_AFTER),
  });
  const { discussion } = data;
  if (!discussion) throw notFound();
  const { slug, title, revisions } = discussion;
  return page({
    title: visit.speech.text('history.title'),
    viewer: viewerOf(data),
    view: (
      <HistoryView
        back={discussionPath(slug)}
        about={title}
        pageInfo={revisions.pageInfo}
        below={<ModerationLog discussion={discussion} />}
      >
        {revisions.nodes.map(({ title, body, titleDiff, bodyDiff, ...one }) => (
          <Revision
            key={one.revision}
            {...one}
            editor={one.editor ?? null}
            redactedAt={one.redactedAt ?? null}
            can={one.revision === discussion.revision ? null : discussion.viewerCan}
          >
            <div class="diff__title">
              <Diff parts={titleDiff} whole={title} />
            </div>
            <Diff parts={bodyDiff} whole={body} />
          </Revision>
        ))}
      </HistoryView>
    ),
  });
}
