import type { Viewer } from '../../src/access/viewer.ts';

/** Row ids of a stage on which somebody asked about a product, in a category, and somebody else commented. */
export interface Stage {
  readonly asker: string;
  readonly author: string;
  readonly somebody: string;
  readonly category: string;
  readonly otherCategory: string;
  readonly product: string;
  readonly otherProduct: string;
}

/** Who tries something; a column of the table. */
export interface Column {
  readonly title: string;
  /** A sentence for the legend. */
  readonly who: string;
  /** Null: a guest. */
  viewer(stage: Stage): Pick<Viewer, 'id' | 'role' | 'canWrite' | 'moderates' | 'speaksFor'> | null;
}

type Standing = Partial<Pick<Viewer, 'id' | 'role' | 'canWrite' | 'moderates' | 'speaksFor'>>;

function column(title: string, who: string, standing: (stage: Stage) => Standing): Column {
  const nothing: ReadonlySet<string> = new Set();
  return {
    ...{ title, who },
    viewer: (stage) => ({
      ...{ id: stage.somebody, role: 'MEMBER', canWrite: true, moderates: nothing, speaksFor: nothing },
      ...standing(stage),
    }),
  };
}

export const COLUMNS: readonly Column[] = [
  { title: 'guest', who: 'is not signed in', viewer: () => null },
  column('member', 'wrote nothing here', () => ({})),
  column('author', 'a member who wrote the comment', ({ author }) => ({ id: author })),
  column('asker', 'a member who asked', ({ asker }) => ({ id: asker })),
  column('vendor', 'speaks for the product', ({ product }) => ({
    ...{ role: 'VENDOR', speaksFor: new Set([product]) },
  })),
  column('other vendor', 'speaks for another product', ({ otherProduct }) => ({
    ...{ role: 'VENDOR', speaksFor: new Set([otherProduct]) },
  })),
  column('moderator', 'keeps order in the category', ({ category }) => ({
    ...{ role: 'MODERATOR', moderates: new Set([category]) },
  })),
  column('other moderator', 'keeps order in another category', ({ otherCategory }) => ({
    ...{ role: 'MODERATOR', moderates: new Set([otherCategory]) },
  })),
  column('moderator of all', 'keeps order everywhere', () => ({ role: 'MODERATOR', moderates: 'ALL' })),
  column('admin', 'may do everything', () => ({ role: 'ADMIN' })),
  // a key without the scopes makes a member of its author; see identity/scopes.ts
  column('read-only key', 'an API key of an admin, with the scope READ alone', () => ({ canWrite: false })),
];
