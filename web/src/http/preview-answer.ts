import type { Problem } from '../api/api-error.ts';
import type { ErrorCode } from '../generated/graphql/graphql.ts';
import { translateSentence } from '../language/api-sentences.ts';
import { htmlForPage } from '../parts/prose.tsx';
import { type Json, json } from './answers.ts';
import type { Visit } from './visit.ts';

interface CheckedProblem {
  readonly code: ErrorCode;
  readonly field?: string | null | undefined;
  readonly message: string;
}

/** What the API finds wrong with a text before it is posted, except that a guest has to sign in: the form says so itself. */
export function previewProblems(found: readonly CheckedProblem[]): readonly Problem[] {
  return found
    .filter(({ code }) => code !== 'UNAUTHENTICATED')
    .map(({ field = null, message }) => ({ field, message }));
}

/** A preview for the script of a form: the text as HTML, and what is wrong with the form in the reader's language. */
export function previewJson(visit: Visit, html: string | null, problems: readonly Problem[]): Json {
  const { language } = visit.speech;
  return json({
    html: html === null ? null : htmlForPage(html),
    problems: problems.map(({ field, message }) => ({
      field,
      message: translateSentence(language, message) ?? message,
    })),
  });
}
