import type { Context } from '../../access/context.ts';
import { defineModule } from '../../graphql/module.ts';
import {
  type CategoryRow,
  categories,
  loadById,
  type ProductRow,
  products,
  type TagRow,
  tags,
} from './catalog-reads.ts';
import { catalogResolvers } from './catalog-resolvers.ts';

/** Products, categories and tags. */
export const catalogModule = defineModule({
  name: 'catalog',
  resolvers: catalogResolvers,
  nodes: {
    Product: { prefix: 'P', load: (ctx: Context, id: string) => loadById(ctx, products, id) },
    Category: { prefix: 'K', load: (ctx: Context, id: string) => loadById(ctx, categories, id) },
    Tag: { prefix: 'T', load: (ctx: Context, id: string) => loadById(ctx, tags, id) },
  },
  tables: ['product', 'category', 'tag'],
});

/** What the resolvers of each type get. */
export interface CatalogTypes {
  Product: ProductRow;
  Category: CategoryRow;
  Tag: TagRow;
  CatalogPermissions: TagRow;
}

export { addImportedEntry } from './add-imported-entry.ts';
export {
  type CategoryRow,
  categories,
  loadById,
  loadBySlug,
  products,
  type TagRow,
  tags,
} from './catalog-reads.ts';
export { ENTRY_NAME } from './catalog-rules.ts';
export { type ImportedEntry, importedEntry } from './imported-entry.ts';
export {
  saveImportedEntry,
  saveImportedTags,
} from './save-imported-catalog.ts';
