import { type FragmentType, graphql, readFragment } from '../../generated/graphql/index.ts';
import { Menu, MenuAction, MenuLink } from '../../parts/menu.tsx';
import { usePage } from '../../parts/page-context.ts';
import { discussionPath } from '../../parts/paths.ts';
import { useThread } from './thread-context.ts';

const MenuFields = graphql(`
  fragment CommentMenu on Comment {
    id
    isAnswer
    isOfficial
    isVerifiedUser
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
      markAsAnswer {
        isAllowed
        code
        message
      }
      unmarkAsAnswer {
        isAllowed
        code
        message
      }
      markOfficial {
        isAllowed
        code
        message
      }
      markVerifiedUser {
        isAllowed
        code
        message
      }
    }
  }
`);

interface CommentMenuProps {
  readonly comment: FragmentType<typeof MenuFields>;
  readonly author: string;
}

/** What the viewer may do with a comment. Their own comments show what they may not, and why. */
export function CommentMenu({ comment, author }: CommentMenuProps) {
  const { viewer, text, returnPath } = usePage();
  const { slug, split } = useThread();
  const { id, isAnswer, isOfficial, isVerifiedUser, viewerCan, ...item } = readFragment(MenuFields, comment);
  if (viewer === null) return null;
  const isOwn = item.author?.id === viewer.id;
  const action = `/comments/${id}`;
  return (
    <Menu label={text('menu.comment', { author })}>
      <MenuAction
        action={`${action}/answer`}
        to={isAnswer ? 'off' : 'on'}
        label={text(isAnswer ? 'menu.unmarkAnswer' : 'menu.markAnswer')}
        permission={isAnswer ? viewerCan.unmarkAsAnswer : viewerCan.markAsAnswer}
      />
      <MenuLink
        href={`${action}/edit`}
        label={text('menu.edit')}
        permission={viewerCan.update}
        isOwn={isOwn}
      />
      {isOwn ? (
        <MenuAction
          action={`${action}/delete`}
          label={text('menu.delete')}
          permission={viewerCan.delete}
          isOwn
        />
      ) : (
        <MenuLink
          href={`${action}/delete?return=${encodeURIComponent(returnPath)}`}
          label={text('menu.delete')}
          permission={viewerCan.delete}
        />
      )}
      <MenuAction
        action={`${action}/official`}
        to={isOfficial ? 'off' : 'on'}
        label={text(isOfficial ? 'menu.unmarkOfficial' : 'menu.markOfficial')}
        permission={viewerCan.markOfficial}
      />
      <MenuAction
        action={`${action}/verified`}
        to={isVerifiedUser ? 'off' : 'on'}
        label={text(isVerifiedUser ? 'menu.unmarkVerified' : 'menu.markVerified')}
        permission={viewerCan.markVerifiedUser}
      />
      {split && (
        <MenuLink
          href={`${discussionPath(slug)}/split?comment=${id}`}
          label={text('menu.splitOff')}
          permission={split}
        />
      )}
      <MenuLink href={`${action}/history`} label={text('menu.history')} />
    </Menu>
  );
}
