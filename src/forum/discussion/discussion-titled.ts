import { Signal } from '../../access/signal.ts';

/** A discussion can be seen under a title: it is new, restored, or has another title than before. */
export const discussionTitled = new Signal<{ readonly discussionId: string; readonly titleKey: string }>();
