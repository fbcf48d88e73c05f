import type { Viewer } from '../../src/access/viewer.ts';

/** Row ids of a discussion's asker, category and product, of a comment's author, and of others. */
export interface Fixture {
  readonly asker: string;
  readonly author: string;
  readonly somebody: string;
  readonly category: string;
  readonly otherCategory: string;
  readonly product: string;
  readonly otherProduct: string;
}

/** A viewer who tries everything: a column of the table. */
export interface Column {
  readonly title: string;
  /** A sentence for the legend. */
  readonly who: string;
  /** Null: a guest. */
  viewer(fixture: Fixture): Pick<Viewer, 'id' | 'role' | 'canWrite' | 'moderates' | 'speaksFor'> | null;
}

type RoleScope = Partial<Pick<Viewer, 'id' | 'role' | 'canWrite' | 'moderates' | 'speaksFor'>>;

function column(title: string, who: string, scope: (fixture: Fixture) => RoleScope): Column {
  const nothing: ReadonlySet<string> = new Set();
  return {
    ...{ title, who },
    viewer: (fixture) => ({
      ...{ id: fixture.somebody, role: 'MEMBER', canWrite: true, moderates: nothing, speaksFor: nothing },
      ...scope(fixture),
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
  // without its scopes, a key has no more rights than a member's; see identity/scopes.ts
  column('read-only key', 'an API key of an admin with only the scope `READ`', () => ({ canWrite: false })),
];
