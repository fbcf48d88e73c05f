import { type FragmentType, graphql, readFragment } from '../../generated/graphql/index.ts';
import { Menu, MenuAction, MenuLink } from '../../parts/menu.tsx';
import { usePage } from '../../parts/page-context.ts';
import { discussionPath } from '../../parts/paths.ts';

const MenuFields = graphql(`
  fragment DiscussionMenu on Discussion {
    id
    slug
    locked
    closed
    pin {
      label
    }
    author {
      id
    }
    viewerCan {
      update {
        allowed
        code
        message
      }
      delete {
        allowed
        code
        message
      }
      pin {
        allowed
        code
        message
      }
      lock {
        allowed
        code
        message
      }
      close {
        allowed
        code
        message
      }
    }
  }
`);

/** What the viewer may do with a discussion. Its author sees what they may not, and why. */
export function DiscussionMenu({ discussion }: { readonly discussion: FragmentType<typeof MenuFields> }) {
  const { viewer, text } = usePage();
  const { id, slug, locked, closed, pin, author, viewerCan } = readFragment(MenuFields, discussion);
  if (viewer === null) return null;
  const isOwn = author?.id === viewer.id;
  const path = discussionPath(slug);
  const act = (action: string) => ({ action: `${path}/moderate`, fields: { discussion: id, action } });
  return (
    <Menu label={text('menu.discussion')}>
      <MenuLink href={`${path}/edit`} label={text('menu.edit')} permission={viewerCan.update} isOwn={isOwn} />
      <MenuAction {...act('delete')} label={text('menu.delete')} permission={viewerCan.delete} isOwn={isOwn} />
      <MenuAction
        {...act(closed ? 'reopen' : 'close')}
        label={text(closed ? 'menu.reopen' : 'menu.close')}
        permission={viewerCan.close}
        isOwn={isOwn}
      />
      <MenuAction
        {...act(locked ? 'unlock' : 'lock')}
        label={text(locked ? 'menu.unlock' : 'menu.lock')}
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
