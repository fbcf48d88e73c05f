import type { ModerationLogFragment } from '../../generated/graphql/graphql.ts';
import { type FragmentType, graphql, readFragment } from '../../generated/graphql/index.ts';
import type { Text } from '../../language/language.ts';
import { PlainAuthor } from '../../parts/author.tsx';
import { usePage } from '../../parts/page-context.ts';
import { Pager } from '../../parts/pager.tsx';
import { discussionPath, inThread, withQuery } from '../../parts/paths.ts';
import { Time } from '../../parts/time.tsx';

const Log = graphql(`
  fragment ModerationLog on Discussion {
    id
    moderationEvents(first: 20, after: $logAfter) {
      pageInfo {
        endCursor
        hasNextPage
      }
      nodes {
        id
        action
        createdAt
        revision
        reason
        externalId
        actor {
          ...AuthorName
        }
        comment {
          id
          discussion {
            slug
          }
        }
        source {
          id
          slug
          title
        }
        destination {
          id
          slug
          title
        }
      }
    }
  }
`);

/** The parameter of the address that says where a later page of the log begins. */
export const LOG_AFTER = 'log';

type Event = ModerationLogFragment['moderationEvents']['nodes'][number];

/** The moderation log of a discussion, folded, for its moderators. Nothing for everyone else, whose list is empty. */
export function ModerationLog({ discussion }: { readonly discussion: FragmentType<typeof Log> }) {
  const { visit, text } = usePage();
  const { id, moderationEvents } = readFragment(Log, discussion);
  const { nodes, pageInfo } = moderationEvents;
  if (nodes.length === 0) return null;
  return (
    <details class="log" open={visit.url.searchParams.has(LOG_AFTER)}>
      <summary>{text('log.title')}</summary>
      <ol role="list">
        {nodes.map((event) => (
          <li key={event.id}>
            <p>
              {sentenceOf(text, event, id)} <Linked event={event} discussionId={id} />
            </p>
            {event.reason && (
              <p>
                {text('gone.reason')}: <span dir="auto">{event.reason}</span>
              </p>
            )}
            <p class="meta">
              {event.actor && <PlainAuthor author={event.actor} />}
              <span>
                <Time at={event.createdAt} />
              </span>
            </p>
          </li>
        ))}
      </ol>
      <Pager
        after={LOG_AFTER}
        next={pageInfo.hasNextPage ? withQuery(visit.url, { [LOG_AFTER]: pageInfo.endCursor ?? null }) : null}
        label={text('log.pages')}
        more={text('log.more')}
      />
    </details>
  );
}

function sentenceOf(text: Text, event: Event, discussionId: string): string {
  const { action, revision, externalId } = event;
  const number = revision ?? 0;
  const isSource = event.source?.id === discussionId;
  switch (action) {
    case 'REDACT_DISCUSSION_REVISION':
      return text('log.redacted', { number });
    case 'REDACT_COMMENT_REVISION':
      return text('log.redactedComment', { number });
    case 'CLEAR_OFFICIAL':
      return text('log.unmarked');
    case 'RELEASE_EXTERNAL_ID':
      return text('log.released', { key: externalId ?? '' });
    case 'MERGE_DISCUSSION':
      return text(isSource ? 'log.mergedInto' : 'log.mergedHere');
    case 'UNMERGE_DISCUSSION':
      return text(isSource ? 'log.unmergedFrom' : 'log.unmergedHere');
    case 'SPLIT_DISCUSSION':
      return text(isSource ? 'log.splitInto' : 'log.splitFrom');
  }
}

/** The way to the other discussion, or to the comment, that an event is about. */
function Linked({ event, discussionId }: { readonly event: Event; readonly discussionId: string }) {
  const { text } = usePage();
  const { source, destination, comment, action } = event;
  const other = source?.id === discussionId ? destination : source;
  if (other)
    return (
      <a href={discussionPath(other.slug)} dir="auto">
        {other.title}
      </a>
    );
  if (source || destination) return <>{text('log.deleted')}</>;
  const isAboutComment = action === 'REDACT_COMMENT_REVISION' || action === 'CLEAR_OFFICIAL';
  if (!comment || !isAboutComment) return null;
  return <a href={inThread(comment.discussion.slug, comment.id)}>{text('log.comment')}</a>;
}
