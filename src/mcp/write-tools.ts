// The tools that write texts. Each has a dry run, which asks the API's own previews and writes nothing.
import type { McpServer } from '@modelcontextprotocol/server';
import * as z from 'zod';
import { run, type SendOperation } from './api.ts';
import { DONE, DRY_RUN, IDEMPOTENCY_KEY, missing, type Preview, previewed, verdict } from './dry-run.ts';
import { oneLine } from './one-line.ts';
import {
  ADD_COMMENT,
  CATEGORY_ID,
  CREATE_DISCUSSION,
  PREVIEW_COMMENT,
  PREVIEW_DISCUSSION,
  PRODUCT_ID,
} from './operations.ts';
import { answered, answeredOrFailed, type Problem } from './tool-result.ts';

/** They add and replace nothing. Without an idempotency key, a repeat adds again. */
const ADDS = { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: true };

const BODY = 'In Markdown. At most 60,000 characters.';

interface EntryData {
  readonly entry?: { readonly id: string };
}

interface CreatedData {
  readonly createDiscussion: {
    readonly discussion: Readonly<Record<'id' | 'slug' | 'url' | 'title', string>> | null;
  };
}

const asked = z.object({ id: z.string(), slug: z.string(), url: z.string(), title: z.string() });

const ASK_INPUT = z.strictObject({
  title: z.string().min(1).describe('The question in one line of plain text. At most 300 characters.'),
  body: z.string().min(1).describe(`The text. ${BODY}`),
  categorySlug: z.string().max(300).optional().describe('The slug of a category.'),
  productSlug: z.string().max(300).optional().describe('The slug of the product that it is about.'),
  tagSlugs: z.array(z.string().max(300)).max(10).default([]).describe('The slugs of existing tags.'),
  dryRun: DRY_RUN,
  idempotencyKey: IDEMPOTENCY_KEY,
});

const ASK_OUTPUT = z.object({
  ...verdict,
  preview: z.object({ title: z.string(), slug: z.string().nullable(), bodyText: z.string() }).nullable(),
  discussion: asked.nullable().describe('The new discussion. Null after a dry run.'),
});

/** The ids in the input of a discussion for these slugs. `onMissing` gets the error for each that names nothing. */
async function catalogIds(
  send: SendOperation,
  { categorySlug, productSlug }: Pick<z.infer<typeof ASK_INPUT>, 'categorySlug' | 'productSlug'>,
  onMissing: (error: unknown) => void,
): Promise<{ categoryId?: string; productId?: string }> {
  const idOf = async (query: string, slug: string | undefined, argument: string) => {
    if (slug === undefined) return undefined;
    try {
      return (await run<EntryData>(send, query, { slug }, { entry: argument })).entry?.id;
    } catch (error) {
      onMissing(error);
      return undefined;
    }
  };
  const [categoryId, productId] = await Promise.all([
    idOf(CATEGORY_ID, categorySlug, 'categorySlug'),
    idOf(PRODUCT_ID, productSlug, 'productSlug'),
  ]);
  return { ...(categoryId !== undefined && { categoryId }), ...(productId !== undefined && { productId }) };
}

/** `ask_question`. */
export function registerAsk(server: McpServer, send: SendOperation): void {
  server.registerTool(
    'ask_question',
    {
      title: 'Ask a question',
      description:
        oneLine(`Starts a discussion in the name of the user. Needs a credential. First use find_similar_questions,
then a dry run, and show the user the text before it is published. Categories, products and tags are in the resources
parley://categories, parley://products and parley://tags.`),
      annotations: ADDS,
      inputSchema: ASK_INPUT,
      outputSchema: ASK_OUTPUT,
    },
    ({ title, body, categorySlug, productSlug, tagSlugs, dryRun, idempotencyKey }) =>
      answeredOrFailed(async () => {
        const known: Problem[] = [];
        const onMissing = (error: unknown) => {
          if (!dryRun) throw error;
          known.push(missing(error));
        };
        const ids = await catalogIds(send, { categorySlug, productSlug }, onMissing);
        const input = {
          title,
          body,
          tagSlugs,
          ...ids,
        };
        if (dryRun) {
          type Shown = Preview & { title: string; slug: string | null; bodyText: string };
          const { previewDiscussion: shown } = await run<{ previewDiscussion: Shown }>(
            send,
            PREVIEW_DISCUSSION,
            { input },
          );
          const preview = { title: shown.title, slug: shown.slug, bodyText: shown.bodyText };
          const effect = `The discussion "${shown.title}" would be started.`;
          return previewed(shown, effect, { preview, discussion: null }, known);
        }
        const { createDiscussion } = await run<CreatedData>(send, CREATE_DISCUSSION, {
          input: { ...input, ...(idempotencyKey !== undefined && { idempotencyKey }) },
        });
        const { discussion } = createDiscussion;
        const text =
          discussion === null
            ? 'This was a repeat, and the discussion has been deleted since.'
            : `Started "${discussion.title}" (${discussion.id}): ${discussion.url}`;
        return answered(text, { ...DONE, preview: null, discussion });
      }),
  );
}

interface CommentedData {
  readonly addComment: {
    readonly comment: { readonly id: string; readonly url: string; readonly replyToId: string | null } | null;
  };
}

const added = z.object({ id: z.string(), url: z.string(), replyToId: z.string().nullable() });

const COMMENT_INPUT = z.strictObject({
  discussionId: z.string().max(100).describe('The id of the discussion.'),
  replyToId: z.string().max(100).optional().describe('The comment to reply to. Omit to answer the question.'),
  body: z.string().min(1).describe(`The text. ${BODY}`),
  dryRun: DRY_RUN,
  idempotencyKey: IDEMPOTENCY_KEY,
});

const COMMENT_OUTPUT = z.object({
  ...verdict,
  preview: z.object({ bodyText: z.string() }).nullable(),
  comment: added.nullable().describe('The new comment. Null after a dry run.'),
});

/** `add_comment`. */
export function registerComment(server: McpServer, send: SendOperation): void {
  server.registerTool(
    'add_comment',
    {
      title: 'Comment or answer',
      description:
        oneLine(`Adds a comment to a discussion, or a reply to a comment, in the name of the user. Needs a credential.
Read the discussion first, and show the user the text before it is published.`),
      annotations: ADDS,
      inputSchema: COMMENT_INPUT,
      outputSchema: COMMENT_OUTPUT,
    },
    ({ dryRun, idempotencyKey, ...input }) =>
      answeredOrFailed(async () => {
        if (dryRun) {
          type Shown = Preview & { bodyText: string };
          const { previewComment: shown } = await run<{ previewComment: Shown }>(send, PREVIEW_COMMENT, {
            input,
          });
          const preview = { bodyText: shown.bodyText };
          return previewed(shown, 'The comment would be added.', { preview, comment: null });
        }
        const { addComment } = await run<CommentedData>(send, ADD_COMMENT, {
          input: { ...input, ...(idempotencyKey !== undefined && { idempotencyKey }) },
        });
        const { comment } = addComment;
        const text =
          comment === null
            ? 'This was a repeat, and the comment has been deleted since.'
            : `Added the comment ${comment.id}: ${comment.url}`;
        return answered(text, { ...DONE, preview: null, comment });
      }),
  );
}
