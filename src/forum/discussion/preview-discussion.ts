import type { Context } from '../../access/context.ts';
import { type Problem, problemsOf } from '../../access/errors.ts';
import { enforce, type Verdict } from '../../access/verdict.ts';
import type { PreviewDiscussionInput } from '../../generated/graphql.ts';
import { runInTurns } from '../../text/short-work.ts';
import { nextFreeSlug, slugOf } from '../../text/slug.ts';
import { charsOf, checkedText, normalized, textFault } from '../../text/text-rules.ts';
import { previewText, type TextPreview } from '../author/index.ts';
import { findCatalogRefs } from './discussion-catalog.ts';
import {
  DISCUSSION_BODY,
  DISCUSSION_TITLE,
  EXTERNAL_ID,
  mayCreateDiscussion,
  mayReleaseExternalId,
  mayUseExternalId,
  TAGS_MAX,
} from './discussion-rules.ts';
import { byExternalId, externalIdTaken } from './external-id.ts';
import { takenSlugs, visibleTakenSlugs } from './insert-discussion.ts';

/** The discussion that `createDiscussion` would create, and the problems that it would report. */
export interface PreviewedDiscussion extends TextPreview {
  readonly title: string;
  /** Null if the title would be refused. */
  readonly slug: string | null;
  readonly permission: Verdict;
  /** Negative if the title is too long. */
  readonly titleCharactersRemaining: number;
  readonly problems: readonly Problem[];
}

/** Checks an input as `createDiscussion` would. Nothing is stored. */
export async function previewDiscussion(
  ctx: Context,
  input: PreviewDiscussionInput,
): Promise<PreviewedDiscussion> {
  const title = normalized(input.title.trim(), DISCUSSION_TITLE.charsMax);
  const permission = mayCreateDiscussion(ctx.viewer);
  const problems = await problemsOf([
    () => enforce(permission),
    () => checkedText(title, DISCUSSION_TITLE, 'input.title'),
    () => runInTurns(() => checkedText(input.body, DISCUSSION_BODY, 'input.body')),
    () => checkExternalId(ctx, input.externalId),
    () => findCatalogRefs(ctx, { categoryId: input.categoryId }),
    () => findCatalogRefs(ctx, { productId: input.productId }),
    ...tagChecks(ctx, input.tagSlugs ?? []),
  ]);
  return {
    ...(await previewText(ctx, input.body, DISCUSSION_BODY)),
    title,
    slug: textFault(title, DISCUSSION_TITLE) === null ? await freeSlug(ctx, title, permission) : null,
    permission,
    titleCharactersRemaining: DISCUSSION_TITLE.charsMax - charsOf(title),
    problems,
  };
}

async function checkExternalId(ctx: Context, externalId: string | null | undefined): Promise<void> {
  if (typeof externalId !== 'string') return;
  const key = checkedText(externalId, EXTERNAL_ID, 'input.externalId');
  enforce(mayUseExternalId(ctx.viewer, key, ctx.policy), 'input.externalId');
  const [holder] = await ctx.db.read.all(byExternalId, [key]);
  if (!holder) return;
  // a guest learns of no deleted discussion; who can create one learns whether they can take its key over
  const isHidden =
    holder.deletedAt !== null && (!ctx.viewer?.canWrite || mayReleaseExternalId(ctx.viewer, holder));
  if (!isHidden) throw externalIdTaken();
}

/** Each tag is checked on its own, so that all missing ones are reported. Too many are refused without a look-up. */
function tagChecks(ctx: Context, slugs: readonly string[]): (() => Promise<unknown>)[] {
  const distinct = [...new Set(slugs)];
  if (distinct.length > TAGS_MAX) return [() => findCatalogRefs(ctx, { tagSlugs: distinct })];
  return distinct.map((slug) => () => findCatalogRefs(ctx, { tagSlugs: [slug] }));
}

/** A guest learns of no deleted discussion. Who can create one learns the slug that it would get. */
function freeSlug(ctx: Context, title: string, permission: Verdict): Promise<string> {
  const taken = permission.isAllowed ? takenSlugs : visibleTakenSlugs;
  return nextFreeSlug(slugOf(title), async (slugs) =>
    (await ctx.db.read.all(taken, [slugs])).map(({ slug }) => slug),
  );
}
