import { type FragmentType, graphql, readFragment } from '../../generated/graphql/index.ts';
import { FormKey, ReturnHere } from '../../parts/form.tsx';
import { Icon } from '../../parts/icon.tsx';
import { usePage } from '../../parts/page-context.ts';

const BookmarkFields = graphql(`
  fragment BookmarkButton on Discussion {
    id
    viewerHasBookmarked
  }
`);

/** Adds the discussion to the viewer's bookmarks, or removes it. */
export function BookmarkButton({ discussion }: { readonly discussion: FragmentType<typeof BookmarkFields> }) {
  const { text } = usePage();
  const { id, viewerHasBookmarked: isOn } = readFragment(BookmarkFields, discussion);
  return (
    <form method="post" action="/bookmarks">
      <FormKey />
      <ReturnHere />
      <input type="hidden" name="discussion" value={id} />
      <input type="hidden" name="to" value={isOn ? 'off' : 'on'} />
      <button class="btn btn--small" aria-pressed={isOn} aria-label={text('bookmark.label')}>
        <Icon name="bookmark" />
        <span class="wide">{text('bookmark.label')}</span>
      </button>
    </form>
  );
}
