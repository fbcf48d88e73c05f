import { ALLOWED, firstRefused, refused, type Verdict } from '../../access/verdict.ts';
import { isModeratorOfAll, mayWrite, type Viewer } from '../../access/viewer.ts';
import { lineRule, type TextRule } from '../../text/text-rules.ts';

/** The catalogue is everybody's: who keeps order in some categories only may not change it. */
export function mayKeepCatalogue(viewer: Viewer | null): Verdict {
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

/** What an entry is still needed for. */
interface EntryUse {
  readonly hasDiscussions: boolean;
  readonly isInRole: boolean;
}

/**
 * An entry can go when nothing needs it. A role that covered only this would cover everything or nothing without it:
 * that must be somebody's choice.
 */
export function mayDeleteEntry({ hasDiscussions, isInRole }: EntryUse): Verdict {
  if (hasDiscussions)
    return refused('CONFLICT', 'Discussions, possibly deleted ones, still use it: move them first.');
  if (isInRole) return refused('CONFLICT', 'An author still has a role for it: change that role first.');
  return ALLOWED;
}

/** Longer than any product's name; it stands in menus. */
export const ENTRY_NAME: TextRule = lineRule('A name', 100);
