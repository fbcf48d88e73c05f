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
import { answering } from '../../graphql/payload.ts';
import { categories, loadById, products, tags } from './catalog-reads.ts';
import { createEntry } from './create-entry.ts';
import { deleteEntry } from './delete-entry.ts';
import { updateEntry } from './update-entry.ts';

interface Changed {
  readonly entryId: string;
}

const product = async (ctx: Context, { entryId }: Changed) => ({
  product: await loadById(ctx, products, entryId),
});
const category = async (ctx: Context, { entryId }: Changed) => ({
  category: await loadById(ctx, categories, entryId),
});
const tag = async (ctx: Context, { entryId }: Changed) => ({ tag: await loadById(ctx, tags, entryId) });

/** The mutations of this room: the three tables are written alike, and here is what each answers. */
export const catalogMutations: MutationResolvers = {
  createProduct: answering(
    (ctx, input: CreateProductInput) => createEntry(ctx, 'createProduct', 'product', input),
    product,
  ),
  updateProduct: answering(
    (ctx, input: UpdateProductInput) => updateEntry(ctx, 'updateProduct', 'product', input, input.productId),
    product,
  ),
  deleteProduct: answering(
    (ctx, input: DeleteProductInput) => deleteEntry(ctx, 'deleteProduct', 'product', input, input.productId),
    (_, { deletedId }) => ({ deletedProductId: deletedId }),
  ),
  createCategory: answering(
    (ctx, input: CreateCategoryInput) => createEntry(ctx, 'createCategory', 'category', input),
    category,
  ),
  updateCategory: answering(
    (ctx, input: UpdateCategoryInput) =>
      updateEntry(ctx, 'updateCategory', 'category', input, input.categoryId),
    category,
  ),
  deleteCategory: answering(
    (ctx, input: DeleteCategoryInput) =>
      deleteEntry(ctx, 'deleteCategory', 'category', input, input.categoryId),
    (_, { deletedId }) => ({ deletedCategoryId: deletedId }),
  ),
  createTag: answering((ctx, input: CreateTagInput) => createEntry(ctx, 'createTag', 'tag', input), tag),
  updateTag: answering(
    (ctx, input: UpdateTagInput) => updateEntry(ctx, 'updateTag', 'tag', input, input.tagId),
    tag,
  ),
  deleteTag: answering(
    (ctx, input: DeleteTagInput) => deleteEntry(ctx, 'deleteTag', 'tag', input, input.tagId),
    (_, { deletedId }) => ({ deletedTagId: deletedId }),
  ),
};
