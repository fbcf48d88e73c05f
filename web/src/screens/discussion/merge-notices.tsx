import { type FragmentType, graphql, readFragment } from '../../generated/graphql/index.ts';
import { FormKey } from '../../parts/form.tsx';
import { usePage } from '../../parts/page-context.ts';
import { discussionPath } from '../../parts/paths.ts';
import { Time } from '../../parts/time.tsx';

const MergeFields = graphql(`
  fragment MergeNotices on Discussion {
    slug
    viewerCan {
      merge {
        isAllowed
      }
    }
    mergedDiscussions(first: 20) {
      nodes {
        id
        title
        mergedAt
        mergeUndoEndsAt
        mergedComment {
          id
        }
      }
    }
    splitFrom {
      slug
      title
    }
    splitDiscussions(first: 5) {
      nodes {
        slug
        title
      }
    }
  }
`);

/** Where the discussion's comments come from or have gone, and for moderators the way to undo a merge within its day. */
export function MergeNotices({ discussion }: { readonly discussion: FragmentType<typeof MergeFields> }) {
  const { text } = usePage();
  const { slug, viewerCan, ...parts } = readFragment(MergeFields, discussion);
  const undoable = viewerCan.merge.isAllowed
    ? parts.mergedDiscussions.nodes.filter(({ mergeUndoEndsAt }) => mergeUndoEndsAt !== null)
    : [];
  return (
    <>
      {undoable.map(({ id, title, mergedAt, mergedComment }) => (
        <form key={id} class="note" method="post" action={`${discussionPath(slug)}/moderate`}>
          <FormKey />
          <input type="hidden" name="discussion" value={id} />
          <input type="hidden" name="action" value="unmerge" />
          <span>
            {text('notice.merged')}{' '}
            <a href={`?comment=${mergedComment?.id}#${mergedComment?.id}`} dir="auto">
              {title}
            </a>
            {mergedAt && (
              <>
                {', '}
                <Time at={mergedAt} />
              </>
            )}
            . {text('notice.mergedUndo')}
          </span>
          <button class="btn btn--line btn--small">{text('notice.unmerge')}</button>
        </form>
      ))}
      {parts.splitFrom && (
        <p class="note">
          <span>
            {text('notice.splitFrom')}{' '}
            <a href={discussionPath(parts.splitFrom.slug)} dir="auto">
              {parts.splitFrom.title}
            </a>
          </span>
        </p>
      )}
      {parts.splitDiscussions.nodes.map((part) => (
        <p key={part.slug} class="note">
          <span>
            {text('notice.splitInto')}{' '}
            <a href={discussionPath(part.slug)} dir="auto">
              {part.title}
            </a>
          </span>
        </p>
      ))}
    </>
  );
}
