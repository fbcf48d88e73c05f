import type { Context } from '../access/context.ts';
import { markRead, type Reader } from '../store/index.ts';
import type { Draft } from './tagged-cache.ts';

/** The same context, which notes in a draft what is read through it, and whether time or viewer are looked at. */
export function trackedContext(ctx: Context, draft: Draft): Context {
  const read: Reader = {
    ...ctx.db.read,
    all: (statement, params) => {
      const found = ctx.db.read.all(statement, params);
      const note = <Row>(rows: Row[]): Row[] => {
        markRead(draft.marks, statement, params, rows);
        return rows;
      };
      return found instanceof Promise ? found.then(note) : note(found);
    },
  };
  const { viewer } = ctx;
  // on the prototype: Apollo copies a context's own members, and copying must not count as looking
  const prototype = {
    get viewer() {
      draft.usesViewer = true;
      return viewer;
    },
  };
  const { viewer: _viewer, ...rest } = ctx;
  return Object.assign(Object.create(prototype), rest, {
    db: { ...ctx.db, read },
    now: () => {
      draft.usesTime = true;
      return ctx.now();
    },
    // ids of new rows carry the request's time, which no answer shows
    newId: ctx.newId,
  }) as Context;
}
