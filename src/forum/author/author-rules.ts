import { ALLOWED, firstRefused, refused, type Verdict } from '../../access/verdict.ts';
import { isModeratorOfAll, mayWrite, type Role, type Viewer } from '../../access/viewer.ts';
import { lineRule, type TextRule } from '../../text/text-rules.ts';

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

/** The longest names that people have are shorter; longer ones break every line that they stand in. */
const NAME_CHARS_MAX = 100;
/** Imported titles run to 130. */
const TITLE_CHARS_MAX = 150;
/** An index of names is read, and typed: longer ones are neither. */
export const HANDLE_CHARS_MAX = 40;

export const AUTHOR_NAME: TextRule = lineRule('A name', NAME_CHARS_MAX);
export const AUTHOR_TITLE: TextRule = lineRule('A title', TITLE_CHARS_MAX);
export const AUTHOR_COMPANY: TextRule = lineRule('A company', NAME_CHARS_MAX);
export const AUTHOR_COMPANY_SEGMENT: TextRule = lineRule('A company segment', NAME_CHARS_MAX);
export const AUTHOR_INDUSTRY: TextRule = lineRule('An industry', NAME_CHARS_MAX);
