import type { Context } from '../../access/context.ts';
import { type Problem, problemsOf } from '../../access/problems.ts';
import { enforce, type Verdict } from '../../access/verdict.ts';
import type { PreviewDiscussionInput } from '../../generated/graphql.ts';
import { nextFreeSlug, slugOf } from '../../text/slug.ts';
import { charsOf, checkedText, normalized, textFault } from '../../text/text-rules.ts';
import { previewText, type TextPreview } from '../author/index.ts';
import { findPlace } from './discussion-place.ts';
import {
  DISCUSSION_BODY,
  DISCUSSION_TITLE,
  EXTERNAL_ID,
  mayCreateDiscussion,
  TAGS_MAX,
} from './discussion-rules.ts';
import { byExternalId, externalIdTaken, takenSlugs } from './draft-discussion.ts';

/** What `createDiscussion` would make of an input, and what it would refuse of it. */
export interface PreviewedDiscussion extends TextPreview {
  readonly title: string;
  /** Null: the title would be refused. */
  readonly slug: string | null;
  readonly permission: Verdict;
  /** Below 0: so many too many. */
  readonly titleCharsLeft: number;
  readonly problems: readonly Problem[];
}

/** Looks at an input as `createDiscussion` would. Nothing is stored. */
export async function previewDiscussion(
  ctx: Context,
  input: PreviewDiscussionInput,
): Promise<PreviewedDiscussion> {
  const title = normalized(input.title);
  const permission = mayCreateDiscussion(ctx.viewer);
  const problems = await problemsOf([
    () => enforce(permission),
    () => checkedText(title, DISCUSSION_TITLE, 'input.title'),
    () => checkedText(input.body, DISCUSSION_BODY, 'input.body'),
    () => checkExternalId(ctx, input.externalId),
    () => findPlace(ctx, { categoryId: input.categoryId }),
    () => findPlace(ctx, { productId: input.productId }),
    ...tagChecks(ctx, input.tagSlugs ?? []),
  ]);
  return {
    ...(await previewText(ctx, input.body, DISCUSSION_BODY)),
    title,
    slug: textFault(title, DISCUSSION_TITLE) === null ? await freeSlug(ctx, title) : null,
    permission,
    titleCharsLeft: DISCUSSION_TITLE.charsMax - charsOf(title),
    problems,
  };
}

async function checkExternalId(ctx: Context, externalId: string | null | undefined): Promise<void> {
  if (typeof externalId !== 'string') return;
  const key = checkedText(externalId, EXTERNAL_ID, 'input.externalId');
  if ((await ctx.db.read.all(byExternalId, [key])).length > 0) throw externalIdTaken();
}

/** Each tag for itself, so that all that are missing are named; too many are refused as a whole, and not looked for. */
function tagChecks(ctx: Context, slugs: readonly string[]): (() => Promise<unknown>)[] {
  const distinct = [...new Set(slugs)];
  if (distinct.length > TAGS_MAX) return [() => findPlace(ctx, { tagSlugs: distinct })];
  return distinct.map((slug) => () => findPlace(ctx, { tagSlugs: [slug] }));
}

function freeSlug(ctx: Context, title: string): Promise<string> {
  return nextFreeSlug(slugOf(title), async (slugs) =>
    (await ctx.db.read.all(takenSlugs, [slugs])).map((taken) => taken.slug),
  );
}
