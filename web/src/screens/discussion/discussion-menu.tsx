import { type FragmentType, graphql, readFragment } from '../../generated/graphql/index.ts';
import { Menu, MenuAction, MenuLink } from '../../parts/menu.tsx';
import { usePage } from '../../parts/page-context.ts';
import { discussionPath, duplicatePath, mergePath } from '../../parts/paths.ts';

const MenuFields = graphql(`
  fragment DiscussionMenu on Discussion {
    id
    slug
    isLocked
    isClosed
    commentCount
    duplicateOf {
      id
    }
    pin {
      label
    }
    author {
      id
    }
    viewerCan {
      update {
        isAllowed
        code
        message
      }
      delete {
        isAllowed
        code
        message
      }
      pin {
        isAllowed
        code
        message
      }
      lock {
        isAllowed
        code
        message
      }
      close {
        isAllowed
        code
        message
      }
      markDuplicate {
        isAllowed
        code
        message
      }
      merge {
        isAllowed
        code
        message
      }
      split {
        isAllowed
        code
        message
      }
    }
  }
`);

/** What the viewer may do with a discussion. Its author sees what they may not, and why. */
export function DiscussionMenu({ discussion }: { readonly discussion: FragmentType<typeof MenuFields> }) {
  const { viewer, text } = usePage();
  const { id, slug, isLocked, isClosed, commentCount, duplicateOf, pin, author, viewerCan } = readFragment(
    MenuFields,
    discussion,
  );
  if (viewer === null) return null;
  const isOwn = author?.id === viewer.id;
  const path = discussionPath(slug);
  const act = (action: string) => ({ action: `${path}/moderate`, fields: { discussion: id, action } });
  return (
    <Menu label={text('menu.discussion')}>
      <MenuLink href={`${path}/edit`} label={text('menu.edit')} permission={viewerCan.update} isOwn={isOwn} />
      {isOwn ? (
        <MenuAction {...act('delete')} label={text('menu.delete')} permission={viewerCan.delete} isOwn />
      ) : (
        <MenuLink
          href={`${path}/moderate?action=delete`}
          label={text('menu.delete')}
          permission={viewerCan.delete}
        />
      )}
      {/* a duplicate is closed, and reopening it removes the mark */}
      {isClosed && !duplicateOf && (
        <MenuAction
          {...act('reopen')}
          label={text('menu.reopen')}
          permission={viewerCan.close}
          isOwn={isOwn}
        />
      )}
      {!isClosed && (
        <MenuLink
          href={`${path}/moderate?action=close`}
          label={text('menu.close')}
          permission={viewerCan.close}
          isOwn={isOwn}
        />
      )}
      {duplicateOf ? (
        <MenuAction
          {...act('unmarkDuplicate')}
          label={text('menu.unmarkDuplicate')}
          permission={viewerCan.markDuplicate}
          isOwn={isOwn}
        />
      ) : (
        <MenuLink
          href={duplicatePath(slug)}
          label={text('menu.markDuplicate')}
          permission={viewerCan.markDuplicate}
        />
      )}
      {isLocked ? (
        <MenuAction {...act('unlock')} label={text('menu.unlock')} permission={viewerCan.lock} />
      ) : (
        <MenuLink
          href={`${path}/moderate?action=lock`}
          label={text('menu.lock')}
          permission={viewerCan.lock}
        />
      )}
      {pin ? (
        <MenuAction {...act('unpin')} label={text('menu.unpin')} permission={viewerCan.pin} />
      ) : (
        <MenuLink href={`${path}/moderate?action=pin`} label={text('menu.pin')} permission={viewerCan.pin} />
      )}
      <MenuLink href={`${path}/move`} label={text('menu.move')} permission={viewerCan.update} isOwn={isOwn} />
      <MenuLink href={mergePath(slug)} label={text('menu.merge')} permission={viewerCan.merge} />
      {commentCount > 0 && (
        <MenuLink href={`${path}/split`} label={text('menu.split')} permission={viewerCan.split} />
      )}
      <MenuLink href={`${path}/history`} label={text('menu.history')} />
    </Menu>
  );
}
