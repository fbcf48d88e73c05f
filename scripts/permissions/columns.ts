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

/** Who tries a mutation: a column of the table. */
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
  { title: 'guest', who: 'not signed in', viewer: () => null },
  column('member', 'a member who wrote neither the discussion nor the comment', () => ({})),
  column('author', 'the member who wrote the comment', ({ author }) => ({ id: author })),
  column('asker', 'the member who started the discussion', ({ asker }) => ({ id: asker })),
  column('vendor', 'a vendor of the product', ({ product }) => ({
    ...{ role: 'VENDOR', speaksFor: new Set([product]) },
  })),
  column('other vendor', 'a vendor of another product', ({ otherProduct }) => ({
    ...{ role: 'VENDOR', speaksFor: new Set([otherProduct]) },
  })),
  column('moderator', 'a moderator of the category', ({ category }) => ({
    ...{ role: 'MODERATOR', moderates: new Set([category]) },
  })),
  column('other moderator', 'a moderator of another category', ({ otherCategory }) => ({
    ...{ role: 'MODERATOR', moderates: new Set([otherCategory]) },
  })),
  column('moderator of all', 'a moderator of all categories', () => ({
    role: 'MODERATOR',
    moderates: 'ALL',
  })),
  column('admin', 'an admin', () => ({ role: 'ADMIN' })),
  // a key without the scopes makes a member of its author; see identity/scopes.ts
  column('read-only key', 'an API key of an admin with only the scope `READ`', () => ({ canWrite: false })),
];
