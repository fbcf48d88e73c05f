import type { Problem } from '../../api/api-error.ts';
import type { Visit } from '../../http/visit.ts';
import { readChoice, shownBefore } from '../../parts/choice.tsx';
import type { Similar } from './similar.tsx';

/** A question as its form has it. */
export interface QuestionDraft {
  /** Undefined, as for the places, if the form to edit a question has left what it has shown. */
  readonly title: string | undefined;
  readonly body: string;
  readonly categoryId: string | null | undefined;
  readonly productId: string | null | undefined;
  readonly tagSlugs: readonly string[] | undefined;
  readonly previewHTML: string | null;
  readonly problems: readonly Problem[];
  /** Discussions that may answer it already. */
  readonly similar: Similar;
}

export const EMPTY_DRAFT: QuestionDraft = {
  title: '',
  body: '',
  categoryId: null,
  productId: null,
  tagSlugs: [],
  previewHTML: null,
  problems: [],
  similar: [],
};

/** The question that was sent, as the mutations take it. */
export function readQuestion(visit: Visit) {
  return {
    title: visit.field('title'),
    body: visit.form.get('body') ?? '',
    categoryId: visit.field('categoryId') || null,
    productId: visit.field('productId') || null,
    tagSlugs: visit.form.getAll('tagSlugs'),
  };
}

/** What the form to edit a question has changed, and its texts. */
export function readEdit(visit: Visit) {
  const { title, body, tagSlugs } = readQuestion(visit);
  const areTagsLeft = slugsOf(tagSlugs) === shownBefore(visit, 'tagSlugs');
  return {
    title: title === shownBefore(visit, 'title') ? undefined : title,
    body,
    categoryId: readChoice(visit, 'categoryId'),
    productId: readChoice(visit, 'productId'),
    tagSlugs: areTagsLeft ? undefined : tagSlugs,
  };
}

/** Tags as one text, in whatever order they are. */
export function slugsOf(slugs: readonly string[]): string {
  return [...slugs].sort().join(' ');
}
