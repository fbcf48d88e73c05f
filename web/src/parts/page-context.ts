import type { Page } from '../http/answers.ts';
import type { Visit } from '../http/visit.ts';
import { Context } from './context.ts';

/** What every component may need: the texts and formats of the reader's language, the visit, and the viewer. */
export type PageParts = ReturnType<typeof pagePartsOf>;

/** Made once a page: components read it thousands of times. */
export function pagePartsOf(visit: Visit, viewer: Page['viewer']) {
  const { text, formats, language } = visit.speech;
  // links of a frame open windows, unless they and its forms say otherwise
  const target = visit.isEmbedded ? '_self' : undefined;
  const returnPath = visit.here.replace(/#.*/, '');
  return { visit, viewer, text, formats, language, target, returnPath, site: visit.site };
}

export const PageContext = new Context<PageParts>();

export function usePage(): PageParts {
  const parts = PageContext.value;
  if (parts === null) throw new Error('usePage works only inside a page.');
  return parts;
}
