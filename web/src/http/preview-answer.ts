import type { Problem } from '../api/api-error.ts';
import { translateSentence } from '../language/api-sentences.ts';
import { type Json, json } from './answers.ts';
import type { Visit } from './visit.ts';

/** A preview for the script of a form: the text as HTML, and what is wrong with the form in the reader's language. */
export function previewJson(visit: Visit, html: string | null, problems: readonly Problem[]): Json {
  const { language } = visit.speech;
  return json({
    html,
    problems: problems.map(({ field, message }) => ({
      field,
      message: translateSentence(language, message) ?? message,
    })),
  });
}
