import type { Connection } from '../../graphql/connections/connection.ts';
import type { CategoryRow, ProductRow, TagRow } from './catalog-reads.ts';

export type ProductPage = Connection<ProductRow>;
export type CategoryPage = Connection<CategoryRow>;
export type TagPage = Connection<TagRow>;
export {
  type CategoryRow,
  categories,
  loadById,
  loadBySlug,
  type ProductRow,
  products,
  type TagRow,
  tags,
} from './catalog-reads.ts';
export { catalogResolvers } from './catalog-resolvers.ts';
export {
  type ImportedEntry,
  saveImportedCategory,
  saveImportedProduct,
  saveImportedTags,
} from './save-imported-catalogue.ts';
