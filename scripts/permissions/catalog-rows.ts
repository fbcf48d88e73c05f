import { mayEditCatalog } from '../../src/forum/catalog/catalog-rules.ts';
import { type Row, rows, type Things } from './row.ts';

const keep = (mutation: string, input: Row['input']): Row[] =>
  rows([mutation, ''], ['entry not in use'], null, input, (viewer) => mayEditCatalog(viewer));

/** New at each try. */
const name = ({ discussionId }: Things) => `New ${discussionId}`;

export const ROWS: readonly Row[] = [
  ...keep('createCategory', (things) => ({ name: name(things) })),
  ...keep('updateCategory', ({ categoryId }) => ({ categoryId, name: 'Another' })),
  ...keep('deleteCategory', ({ categoryId }) => ({ categoryId })),
  ...keep('createProduct', (things) => ({ name: name(things) })),
  ...keep('updateProduct', ({ productId }) => ({ productId, name: 'Another' })),
  ...keep('deleteProduct', ({ productId }) => ({ productId })),
  ...keep('createTag', (things) => ({ name: name(things) })),
  ...keep('updateTag', ({ tagId }) => ({ tagId, name: 'Another' })),
  ...keep('deleteTag', ({ tagId }) => ({ tagId })),
];
