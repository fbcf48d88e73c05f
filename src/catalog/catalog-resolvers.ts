import type { Resolvers } from '../generated/graphql.ts';
import { connectionResolvers } from '../kit/connection.ts';
import { notFound } from '../kit/errors.ts';
import { globalId } from '../kit/global-id.ts';
import { payload } from '../kit/payload.ts';
import {
  categories,
  loadById,
  loadBySlug,
  loadCovered,
  pageBySlug,
  products,
  tags,
} from './catalog-reads.ts';
import { mayKeepCatalogue } from './catalog-rules.ts';
import { createEntry } from './create-entry.ts';
import { deleteEntry } from './delete-entry.ts';
import { updateEntry } from './update-entry.ts';

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
  Mutation: {
    createProduct: async (_, { input }, ctx) => {
      const { entryId } = await createEntry(ctx, 'createProduct', 'product', input);
      return payload(input, { product: await loadById(ctx, products, entryId) });
    },
    updateProduct: async (_, { input }, ctx) => {
      const { entryId } = await updateEntry(ctx, 'updateProduct', 'product', input, input.productId);
      return payload(input, { product: await loadById(ctx, products, entryId) });
    },
    deleteProduct: async (_, { input }, ctx) => {
      const { deletedId } = await deleteEntry(ctx, 'deleteProduct', 'product', input, input.productId);
      return payload(input, { deletedProductId: deletedId });
    },
    createCategory: async (_, { input }, ctx) => {
      const { entryId } = await createEntry(ctx, 'createCategory', 'category', input);
      return payload(input, { category: await loadById(ctx, categories, entryId) });
    },
    updateCategory: async (_, { input }, ctx) => {
      const { entryId } = await updateEntry(ctx, 'updateCategory', 'category', input, input.categoryId);
      return payload(input, { category: await loadById(ctx, categories, entryId) });
    },
    deleteCategory: async (_, { input }, ctx) => {
      const { deletedId } = await deleteEntry(ctx, 'deleteCategory', 'category', input, input.categoryId);
      return payload(input, { deletedCategoryId: deletedId });
    },
    createTag: async (_, { input }, ctx) => {
      const { entryId } = await createEntry(ctx, 'createTag', 'tag', input);
      return payload(input, { tag: await loadById(ctx, tags, entryId) });
    },
    updateTag: async (_, { input }, ctx) => {
      const { entryId } = await updateEntry(ctx, 'updateTag', 'tag', input, input.tagId);
      return payload(input, { tag: await loadById(ctx, tags, entryId) });
    },
    deleteTag: async (_, { input }, ctx) => {
      const { deletedId } = await deleteEntry(ctx, 'deleteTag', 'tag', input, input.tagId);
      return payload(input, { deletedTagId: deletedId });
    },
  },
  CatalogPermissions: {
    update: (_, __, ctx) => mayKeepCatalogue(ctx.viewer),
    delete: (_, __, ctx) => mayKeepCatalogue(ctx.viewer),
  },
  Author: {
    moderates: (author, _, ctx) => loadCovered(ctx, 'moderates', author.id),
    speaksFor: (author, _, ctx) => loadCovered(ctx, 'speaksFor', author.id),
  },
  Category: {
    id: (category) => globalId('Category', category.id),
    url: (category, _, ctx) => category.url ?? `${ctx.siteUrl}/categories/${category.slug}`,
    isAnswerable: (category) => Boolean(category.isAnswerable),
    viewerCan: (category) => category,
  },
  Product: {
    id: (product) => globalId('Product', product.id),
    url: (product, _, ctx) => product.url ?? `${ctx.siteUrl}/products/${product.slug}`,
    viewerCan: (product) => product,
  },
  Tag: {
    id: (tag) => globalId('Tag', tag.id),
    viewerCan: (tag) => tag,
  },
  CategoryConnection: connectionResolvers,
  ProductConnection: connectionResolvers,
  TagConnection: connectionResolvers,
};

function noSuch(what: string, slug: string): never {
  throw notFound(`No ${what} has the slug "${slug}".`, 'slug');
}
