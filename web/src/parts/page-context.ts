import type { Page } from '../http/answers.ts';
import type { Visit } from '../http/visit.ts';
import { Context } from './context.ts';

interface PageParts {
  readonly visit: Visit;
  readonly viewer: Page['viewer'];
}

export const PageContext = new Context<PageParts>();

/** What every component may need: the texts and formats of the reader's language, the visit, and the viewer. */
export function usePage() {
  const parts = PageContext.value;
  if (parts === null) throw new Error('usePage works only inside a page.');
  const { visit, viewer } = parts;
  const { text, formats, language } = visit.speech;
  // links of a frame open windows, unless they and its forms say otherwise
  const target = visit.isEmbedded ? '_self' : undefined;
  return { visit, viewer, text, formats, language, target, site: visit.site };
}
