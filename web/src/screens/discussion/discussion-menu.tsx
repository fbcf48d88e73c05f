import { type FragmentType, graphql, readFragment } from '../../generated/graphql/index.ts';
import { Menu, MenuAction, MenuLink } from '../../parts/menu.tsx';
import { usePage } from '../../parts/page-context.ts';
import { discussionPath } from '../../parts/paths.ts';

const MenuFields = graphql(`
  fragment DiscussionMenu on Discussion {
    id
    slug
    isLocked
    isClosed
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
    }
  }
`);

/** What the viewer may do with a discussion. Its author sees what they may not, and why. */
export function DiscussionMenu({ discussion }: { readonly discussion: FragmentType<typeof MenuFields> }) {
  const { viewer, text } = usePage();
  const { id, slug, isLocked, isClosed, pin, author, viewerCan } = readFragment(MenuFields, discussion);
  if (viewer === null) return null;
  const isOwn = author?.id === viewer.id;
  const path = discussionPath(slug);
  const act = (action: string) => ({ action: `${path}/moderate`, fields: { discussion: id, action } });
  return (
    <Menu label={text('menu.discussion')}>
      <MenuLink href={`${path}/edit`} label={text('menu.edit')} permission={viewerCan.update} isOwn={isOwn} />
      <MenuAction
        {...act('delete')}
        label={text('menu.delete')}
        permission={viewerCan.delete}
        isOwn={isOwn}
      />
      <MenuAction
        {...act(isClosed ? 'reopen' : 'close')}
        label={text(isClosed ? 'menu.reopen' : 'menu.close')}
        permission={viewerCan.close}
        isOwn={isOwn}
      />
      <MenuAction
        {...act(isLocked ? 'unlock' : 'lock')}
        label={text(isLocked ? 'menu.unlock' : 'menu.lock')}
        permission={viewerCan.lock}
      />
      <MenuAction
        {...act(pin ? 'unpin' : 'pin')}
        label={text(pin ? 'menu.unpin' : 'menu.pin')}
        permission={viewerCan.pin}
      />
      <MenuLink href={`${path}/history`} label={text('menu.history')} />
    </Menu>
  );
}
