import { ALLOWED, firstRefused, refused, type Verdict } from '../../access/verdict.ts';
import { isModeratorOfAll, mayWrite, type Role, type Viewer } from '../../access/viewer.ts';

/** An author as far as the rules need to know. */
interface Person {
  readonly id: string;
  readonly role: Role;
}

/** Everybody describes themselves; who keeps order everywhere may mend what others say, admins' words but by admins. */
export function mayUpdateAuthor(viewer: Viewer | null, author: Person): Verdict {
  return firstRefused(
    () => mayWrite(viewer),
    () => {
      if (viewer?.id === author.id || viewer?.role === 'ADMIN') return ALLOWED;
      if (!isModeratorOfAll(viewer))
        return refused(
          'FORBIDDEN',
          'Only the author or a moderator of all categories can change this profile.',
        );
      return author.role === 'ADMIN'
        ? refused('FORBIDDEN', 'Only an admin can change the profile of an admin.')
        : ALLOWED;
    },
  );
}

/** Roles are given by admins alone. */
export function maySetRole(viewer: Viewer | null): Verdict {
  return firstRefused(
    () => mayWrite(viewer),
    () => (viewer?.role === 'ADMIN' ? ALLOWED : refused('FORBIDDEN', 'Only an admin can set roles.')),
  );
}

/** A forum without an admin could not get one back by itself. `isLast`: there is no other admin than this author. */
export function mayTakeRole(was: Role, role: Role, isLast: boolean): Verdict {
  return was === 'ADMIN' && role !== 'ADMIN' && isLast
    ? refused('FORBIDDEN', 'This is the last admin: make someone else an admin first.')
    : ALLOWED;
}
