import { FormKey } from '../../parts/form.tsx';
import { usePage } from '../../parts/page-context.ts';
import { discussionPath } from '../../parts/paths.ts';

/** After a discussion was deleted: the way to undo it. */
export function DeletedNotice() {
  const { visit, viewer, text } = usePage();
  const id = visit.url.searchParams.get('deleted');
  const slug = visit.url.searchParams.get('slug');
  if (id === null || slug === null || viewer === null) return null;
  return (
    <form class="note" method="post" action={`${discussionPath(slug)}/moderate`}>
      <FormKey />
      <input type="hidden" name="discussion" value={id} />
      <input type="hidden" name="action" value="restore" />
      <span role="status">{text('list.justDeleted')}</span>
      <button class="btn btn--line btn--small">{text('undo')}</button>
    </form>
  );
}
