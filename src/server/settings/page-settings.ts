// The settings for the pages of the front end, and for what search engines and feed readers fetch.
import * as z from 'zod';
import { PAGE_KINDS, type PageKind, type PageUrls, PLACEHOLDERS, pageUrls } from '../../access/page-urls.ts';
import { onOff } from './setting-forms.ts';

/** Whether a setting is a URL with one placeholder after its host. */
const isTemplate = (kind: PageKind) => (text: string) => {
  const [before, after, ...more] = text.split(PLACEHOLDERS[kind]);
  if (before === undefined || after === undefined || more.length > 0) return false;
  return /^https?:\/\/[^/\s]+\/\S*$/i.test(before) && !/\s/.test(after) && URL.canParse(`${before}x${after}`);
};

export const pageSettings = {
  DISCUSSION_URL: z.string().refine(isTemplate('discussion')).optional(),
  CATEGORY_URL: z.string().refine(isTemplate('category')).optional(),
  PRODUCT_URL: z.string().refine(isTemplate('product')).optional(),
  TAG_URL: z.string().refine(isTemplate('tag')).optional(),
  AUTHOR_URL: z.string().refine(isTemplate('author')).optional(),
  FEEDS: onOff('on'),
};

const mustBe = (kind: PageKind) => `an http or https URL that holds ${PLACEHOLDERS[kind]}`;

/** What each must be, for the message that ends the start. */
export const PAGE_MUST_BE = {
  DISCUSSION_URL: mustBe('discussion'),
  CATEGORY_URL: mustBe('category'),
  PRODUCT_URL: mustBe('product'),
  TAG_URL: mustBe('tag'),
  AUTHOR_URL: mustBe('author'),
  FEEDS: 'on or off',
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
