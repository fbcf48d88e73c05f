import { type FragmentType, graphql, readFragment } from '../../generated/graphql/index.ts';
import { FormKey } from '../../parts/form.tsx';
import { Icon } from '../../parts/icon.tsx';
import { usePage } from '../../parts/page-context.ts';
import { discussionPath } from '../../parts/paths.ts';
import { MergeNotices } from './merge-notices.tsx';

const NoticeFields = graphql(`
  fragment Notices on Discussion {
    slug
    isLocked
    lockReason
    isClosed
    closeReason
    duplicateOf {
      slug
      title
    }
    ...MergeNotices
  }
`);

/** The state of the discussion, and what the reader has just done. */
export function Notices({ discussion }: { readonly discussion: FragmentType<typeof NoticeFields> }) {
  const { visit, viewer, text } = usePage();
  const notices = readFragment(NoticeFields, discussion);
  const { slug, isLocked, lockReason, isClosed, closeReason, duplicateOf } = notices;
  const deleted = visit.url.searchParams.get('deleted');
  return (
    <>
      {deleted !== null && viewer !== null && (
        <form class="note" method="post" action={`/comments/${encodeURIComponent(deleted)}/restore`}>
          <FormKey />
          <input type="hidden" name="return" value={discussionPath(slug)} />
          <span role="status">{text('comment.justDeleted')}</span>
          <button class="btn btn--line btn--small">{text('undo')}</button>
        </form>
      )}
      {isLocked && (
        <p class="note">
          <Icon name="lock" />
          <span>{lockReason ? text('notice.lockedFor', { reason: lockReason }) : text('notice.locked')}</span>
        </p>
      )}
      {isClosed && (
        <p class="note">
          <span>
            {closeReason ? text('notice.closedFor', { reason: closeReason }) : text('notice.closed')}
            {!isLocked && ` ${text('notice.closedHint')}`}
            {duplicateOf && (
              <>
                {' '}
                {text('notice.duplicateOf')}{' '}
                <a href={discussionPath(duplicateOf.slug)} dir="auto">
                  {duplicateOf.title}
                </a>
              </>
            )}
          </span>
        </p>
      )}
      <MergeNotices discussion={notices} />
    </>
  );
}
