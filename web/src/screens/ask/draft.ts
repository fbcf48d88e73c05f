import type { Problem } from '../../api/api-error.ts';
import type { Visit } from '../../http/visit.ts';
import type { Similar } from './similar.tsx';

/** A question as its form has it. */
export interface QuestionDraft {
  readonly title: string;
  readonly body: string;
  readonly categoryId: string | null;
  readonly productId: string | null;
  readonly tagSlugs: readonly string[];
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
