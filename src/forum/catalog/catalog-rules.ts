import { ALLOWED, firstRefused, refused, type Verdict } from '../../access/verdict.ts';
import { isModeratorOfAll, mayWrite, type Viewer } from '../../access/viewer.ts';
import { lineRule, type TextRule } from '../../text/text-rules.ts';

/** Moderators of all categories and admins edit the catalog; moderators of some categories do not. */
export function mayEditCatalog(viewer: Viewer | null): Verdict {
  return firstRefused(
    () => mayWrite(viewer),
    () =>
      isModeratorOfAll(viewer)
        ? ALLOWED
        : refused(
            'FORBIDDEN',
            'Only a moderator of all categories can change products, categories and tags.',
          ),
  );
}

/** What refers to an entry. */
interface EntryUse {
  readonly hasDiscussions: boolean;
  readonly isInRole: boolean;
}

/**
 * An entry can be deleted if nothing refers to it. A role whose scope is only this entry would cover everything or
 * nothing without it, so somebody has to change the role first.
 */
export function mayDeleteEntry({ hasDiscussions, isInRole }: EntryUse): Verdict {
  if (hasDiscussions)
    return refused('CONFLICT', 'Discussions, possibly deleted ones, still use it: move them first.');
  if (isInRole) return refused('CONFLICT', 'An author still has a role for it: change that role first.');
  return ALLOWED;
}

/** Longer than any product's name, and short enough for a menu. */
export const ENTRY_NAME: TextRule = lineRule('A name', 100);
