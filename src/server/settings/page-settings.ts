// The settings for the pages of the front end, and for what search engines and feed readers fetch.
import * as z from 'zod';
import { PAGE_KINDS, type PageKind, type PageUrls, PLACEHOLDERS, pageUrls } from '../../access/page-urls.ts';
import { onOff } from './setting-forms.ts';

/** A URL with one placeholder after its host. */
const pageUrl = (kind: PageKind) => {
  const isTemplate = (text: string) => {
    const [before, after, ...more] = text.split(PLACEHOLDERS[kind]);
    if (before === undefined || after === undefined || more.length > 0) return false;
    return (
      /^https?:\/\/[^/\s]+\/\S*$/i.test(before) && !/\s/.test(after) && URL.canParse(`${before}x${after}`)
    );
  };
  const mustBe = `an http or https URL that contains ${PLACEHOLDERS[kind]}`;
  return z.string().refine(isTemplate).optional().describe(mustBe);
};

export const pageSettings = {
  DISCUSSION_URL: pageUrl('discussion'),
  CATEGORY_URL: pageUrl('category'),
  PRODUCT_URL: pageUrl('product'),
  TAG_URL: pageUrl('tag'),
  AUTHOR_URL: pageUrl('author'),
  FEEDS: onOff('on'),
};

/** The URLs of the front end's pages. Those without a setting are below the site's URL. */
export function pagesOf(set: z.infer<z.ZodObject<typeof pageSettings>>, siteUrl: string): PageUrls {
  const templates: Partial<Record<PageKind, string>> = {};
  for (const kind of PAGE_KINDS) {
    const template = set[`${kind.toUpperCase() as Uppercase<PageKind>}_URL`];
    if (template !== undefined) templates[kind] = template;
  }
  return pageUrls(siteUrl, templates);
}
