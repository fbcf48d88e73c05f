import type { Context } from '../../access/context.ts';
import type {
  CreateCategoryInput,
  CreateProductInput,
  CreateTagInput,
  DeleteCategoryInput,
  DeleteProductInput,
  DeleteTagInput,
  MutationResolvers,
  UpdateCategoryInput,
  UpdateProductInput,
  UpdateTagInput,
} from '../../generated/graphql.ts';
import { edgeOf } from '../../graphql/connections/connection.ts';
import { answering } from '../../graphql/payload.ts';
import { BY_SLUG, categories, loadById, products, tags } from './catalog-reads.ts';
import { createEntry } from './create-entry.ts';
import { deleteEntry } from './delete-entry.ts';
import { updateEntry } from './update-entry.ts';

interface Changed {
  readonly entryId: string;
}

const productPayload = async (ctx: Context, { entryId }: Changed) => ({
  product: await loadById(ctx, products, entryId),
});
const categoryPayload = async (ctx: Context, { entryId }: Changed) => ({
  category: await loadById(ctx, categories, entryId),
});
const tagPayload = async (ctx: Context, { entryId }: Changed) => ({
  tag: await loadById(ctx, tags, entryId),
});

/** The same for an entry that is new in its list. */
const addedProduct = async (ctx: Context, outcome: Changed) => {
  const { product } = await productPayload(ctx, outcome);
  return { product, productEdge: product && edgeOf(BY_SLUG, product) };
};
const addedCategory = async (ctx: Context, outcome: Changed) => {
  const { category } = await categoryPayload(ctx, outcome);
  return { category, categoryEdge: category && edgeOf(BY_SLUG, category) };
};
const addedTag = async (ctx: Context, outcome: Changed) => {
  const { tag } = await tagPayload(ctx, outcome);
  return { tag, tagEdge: tag && edgeOf(BY_SLUG, tag) };
};

/** The module's mutations with their payloads. The three tables are written in the same way. */
export const catalogMutations: MutationResolvers = {
  createProduct: answering(
    (ctx, input: CreateProductInput) => createEntry(ctx, 'createProduct', 'product', input),
    addedProduct,
  ),
  updateProduct: answering(
    (ctx, input: UpdateProductInput) => updateEntry(ctx, 'updateProduct', 'product', input, input.productId),
    productPayload,
  ),
  deleteProduct: answering(
    (ctx, input: DeleteProductInput) => deleteEntry(ctx, 'deleteProduct', 'product', input, input.productId),
    (_, { deletedId }) => ({ deletedProductId: deletedId }),
  ),
  createCategory: answering(
    (ctx, input: CreateCategoryInput) => createEntry(ctx, 'createCategory', 'category', input),
    addedCategory,
  ),
  updateCategory: answering(
    (ctx, input: UpdateCategoryInput) =>
      updateEntry(ctx, 'updateCategory', 'category', input, input.categoryId),
    categoryPayload,
  ),
  deleteCategory: answering(
    (ctx, input: DeleteCategoryInput) =>
      deleteEntry(ctx, 'deleteCategory', 'category', input, input.categoryId),
    (_, { deletedId }) => ({ deletedCategoryId: deletedId }),
  ),
  createTag: answering((ctx, input: CreateTagInput) => createEntry(ctx, 'createTag', 'tag', input), addedTag),
  updateTag: answering(
    (ctx, input: UpdateTagInput) => updateEntry(ctx, 'updateTag', 'tag', input, input.tagId),
    tagPayload,
  ),
  deleteTag: answering(
    (ctx, input: DeleteTagInput) => deleteEntry(ctx, 'deleteTag', 'tag', input, input.tagId),
    (_, { deletedId }) => ({ deletedTagId: deletedId }),
  ),
};
