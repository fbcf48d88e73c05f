import { notFound } from '../../access/errors.ts';
import type { Resolvers } from '../../generated/graphql.ts';
import { connectionResolvers } from '../../graphql/connections/connection.ts';
import { globalId } from '../../graphql/global-id.ts';
import { catalogMutations } from './catalog-mutations.ts';
import { categories, loadBySlug, loadCovered, pageBySlug, products, tags } from './catalog-reads.ts';
import { mayEditCatalog } from './catalog-rules.ts';

export const catalogResolvers: Resolvers = {
  Query: {
    category: (_, { slug }, ctx) =>
      loadBySlug(ctx, categories, slug).then((found) => found ?? noSuch('category', slug)),
    categories: (_, args, ctx) => pageBySlug(ctx, categories, args),
    product: (_, { slug }, ctx) =>
      loadBySlug(ctx, products, slug).then((found) => found ?? noSuch('product', slug)),
    products: (_, args, ctx) => pageBySlug(ctx, products, args),
    tag: (_, { slug }, ctx) => loadBySlug(ctx, tags, slug).then((found) => found ?? noSuch('tag', slug)),
    tags: (_, args, ctx) => pageBySlug(ctx, tags, args),
  },
  Mutation: catalogMutations,
  CatalogPermissions: {
    update: (_, __, ctx) => mayEditCatalog(ctx.viewer),
    delete: (_, __, ctx) => mayEditCatalog(ctx.viewer),
  },
  Author: {
    moderatedCategories: (author, _, ctx) => loadCovered(ctx, 'moderates', author.id),
    representedProducts: (author, _, ctx) => loadCovered(ctx, 'speaksFor', author.id),
  },
  Category: {
    id: (category) => globalId('Category', category.id),
    url: (category, _, ctx) => category.url ?? ctx.pages.of('category', category.slug),
    isAnswerable: (category) => Boolean(category.isAnswerable),
    viewerCan: (category) => category,
  },
  Product: {
    id: (product) => globalId('Product', product.id),
    url: (product, _, ctx) => product.url ?? ctx.pages.of('product', product.slug),
    viewerCan: (product) => product,
  },
  Tag: { id: (tag) => globalId('Tag', tag.id), viewerCan: (tag) => tag },
  CategoryConnection: connectionResolvers,
  ProductConnection: connectionResolvers,
  TagConnection: connectionResolvers,
};

function noSuch(what: string, slug: string): never {
  throw notFound(`No ${what} has the slug "${slug}".`, 'slug');
}
