import { badInput } from '../../access/errors.ts';
import { ALLOWED, firstRefused, refused, type Verdict } from '../../access/verdict.ts';
import { isModeratorOfAll, mayWrite, type Role, type Viewer } from '../../access/viewer.ts';
import { checkedName, lineRule, type TextRule } from '../../text/text-rules.ts';

/** What the rules read of an author. */
interface Person {
  readonly id: string;
  readonly role: Role;
}

/** Authors describe themselves. Moderators of all categories may edit anybody's description but an admin's. */
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

/** Only admins give roles. */
export function maySetRole(viewer: Viewer | null): Verdict {
  return firstRefused(
    () => mayWrite(viewer),
    () => (viewer?.role === 'ADMIN' ? ALLOWED : refused('FORBIDDEN', 'Only an admin can set roles.')),
  );
}

/** Only admins find authors who can't be mentioned: they give roles to everyone. */
export function mayFindEveryone(viewer: Viewer | null): boolean {
  return viewer?.role === 'ADMIN';
}

/** The last admin keeps the role: a forum without an admin cannot appoint one. */
export function mayTakeRole(was: Role, role: Role, isLastAdmin: boolean): Verdict {
  return was === 'ADMIN' && role !== 'ADMIN' && isLastAdmin
    ? refused('FORBIDDEN', 'This is the last admin: make someone else an admin first.')
    : ALLOWED;
}

/** Longer than people's names are. Longer ones would break the layout of every page. */
const NAME_CHARS_MAX = 100;
/** Imported titles run to 130. */
const TITLE_CHARS_MAX = 150;
/** A handle is typed after an "@". */
export const HANDLE_CHARS_MAX = 40;

export const AUTHOR_NAME: TextRule = lineRule('A name', NAME_CHARS_MAX);
export const AUTHOR_TITLE: TextRule = lineRule('A job title', TITLE_CHARS_MAX);
export const AUTHOR_COMPANY: TextRule = lineRule('A company', NAME_CHARS_MAX);
export const AUTHOR_COMPANY_SEGMENT: TextRule = lineRule('A company segment', NAME_CHARS_MAX);
export const AUTHOR_INDUSTRY: TextRule = lineRule('An industry', NAME_CHARS_MAX);

/** Compatibility forms of "@", such as the full-width one, count as well. Blanks around it, as in "Ada @ Acme", are no address. */
const EMAIL = /[^\s@]@[^\s@]/;

/** Whether a text holds an e-mail address. Names and handles are public, and an address is not. */
export function holdsEmail(text: string): boolean {
  return EMAIL.test(text.slice(0, EMAIL_LOOK_CHARS).normalize('NFKC'));
}

/** Longer texts are refused anyway. This bounds the time that normalising takes. */
const EMAIL_LOOK_CHARS = 2 * NAME_CHARS_MAX;

/** A handle has the characters that a mention can have after its "@". Throws BAD_USER_INPUT with the field. */
export function checkedHandle(text: string, field: string): string {
  if (text.length <= HANDLE_CHARS_MAX && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(text)) return text;
  throw badInput(
    `A handle consists of lowercase ASCII letters and digits, in words joined by hyphens, with at most ${HANDLE_CHARS_MAX} characters.`,
    field,
  );
}

/** A name as it is stored. Throws BAD_USER_INPUT with the field and the reason. */
export function checkedAuthorName(text: string, field: string): string {
  const name = checkedName(text, AUTHOR_NAME, field);
  if (holdsEmail(name))
    throw badInput('A name cannot be an e-mail address, because names are public.', field);
  return name;
}
