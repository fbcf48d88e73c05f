import type { MergeNoticesFragment } from '../../generated/graphql/graphql.ts';
import { type FragmentType, graphql, readFragment } from '../../generated/graphql/index.ts';
import { FormKey } from '../../parts/form.tsx';
import { usePage } from '../../parts/page-context.ts';
import { discussionPath, inThread } from '../../parts/paths.ts';
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
        viewerCan {
          merge {
            isAllowed
          }
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

type Merged = MergeNoticesFragment['mergedDiscussions']['nodes'][number];

/** Where the discussion's comments come from or have gone, and for moderators the way to undo a merge within its day. */
export function MergeNotices({ discussion }: { readonly discussion: FragmentType<typeof MergeFields> }) {
  const { text } = usePage();
  const { slug, viewerCan, ...parts } = readFragment(MergeFields, discussion);
  // both discussions must permit it
  const merged = viewerCan.merge.isAllowed
    ? parts.mergedDiscussions.nodes.filter((one) => one.viewerCan.merge.isAllowed)
    : [];
  return (
    <>
      {merged.map((one) => (
        <UndoMerge key={one.id} slug={slug} merged={one} />
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

/** The button that undoes a merge, and until when it can. */
function UndoMerge({ slug, merged }: { readonly slug: string; readonly merged: Merged }) {
  const { text, formats } = usePage();
  const { id, title, mergedAt, mergedComment, mergeUndoEndsAt } = merged;
  if (!mergedAt || !mergedComment || !mergeUndoEndsAt) return null;
  return (
    <form class="note" method="post" action={`${discussionPath(slug)}/moderate`}>
      <FormKey />
      <input type="hidden" name="discussion" value={id} />
      <input type="hidden" name="action" value="unmerge" />
      <span>
        {text('notice.merged')}{' '}
        <a href={inThread(slug, mergedComment.id)} dir="auto">
          {title}
        </a>
        {', '}
        <Time at={mergedAt} />. {text('notice.mergedUndo', { until: formats.exact(mergeUndoEndsAt) })}
      </span>
      <button class="btn btn--line btn--small">{text('notice.unmerge')}</button>
    </form>
  );
}
