// The settings for what the API answers, and whom.
import * as z from 'zod';
import { DISCUSSION_BODY, DISCUSSION_TITLE } from '../../forum/discussion/index.ts';
import { isSearchLanguage } from '../../forum/search/index.ts';
import { isOrigin, listOf, onOff, wholeNumber } from './setting-forms.ts';

/**
 * The longest text and title fit however a client escapes them, and 64 KiB remain for the operation. A character beyond
 * U+FFFF as two escapes of GraphQL within JSON has 14 bytes: `\\uD83D\\uDE00`.
 */
const BODY_BYTES_DEFAULT = 64 * 1024 + 14 * (DISCUSSION_BODY.charsMax + DISCUSSION_TITLE.charsMax);

/** A longer list would be searched for each image. */
const IMAGE_HOSTS_MAX = { hosts: 100, chars: 4096 };

const isHostName = (text: string) =>
  /^[a-z0-9.-]+(:\d+)?$/.test(text) &&
  URL.canParse(`https://${text}`) &&
  new URL(`https://${text}`).host === text;

export const apiSettings = {
  IMAGE_HOSTS: z
    .string()
    .max(IMAGE_HOSTS_MAX.chars)
    .pipe(listOf(isHostName))
    .refine((hosts) => hosts.length <= IMAGE_HOSTS_MAX.hosts)
    .default([])
    .describe(
      'at most 100 host names such as images.example.com, separated by commas, of 4096 characters together',
    ),
  CORS_ORIGINS: z
    .union([z.literal('*'), listOf(isOrigin)])
    .default([])
    .describe('* or origins such as https://example.com, separated by commas'),
  PLAYGROUND: onOff('on'),
  INTROSPECTION: onOff('on'),
  MCP: onOff('on'),
  TRUSTED_DOCUMENTS: z.string().optional().describe('the path of a JSON file'),
  ANSWER_CACHE_MEGABYTES: wholeNumber(32, 0, 65_536),
  VIEW_COUNTS: onOff('off'),
  SEARCH_LANGUAGES: listOf(isSearchLanguage)
    .default([])
    .describe('codes separated by commas, among da, de, en, es, fr, it, nl, no, pt and sv'),
  BODY_BYTES_MAX: wholeNumber(BODY_BYTES_DEFAULT, 1024, 16 * 1024 * 1024),
};

export function apiSettingsOf(set: z.infer<z.ZodObject<typeof apiSettings>>) {
  const trustedDocumentsFile = set.TRUSTED_DOCUMENTS ?? null;
  // of no use where no other document is answered
  const isOpen = trustedDocumentsFile === null;
  return {
    /** The origins whose pages may call this API from a browser. '*': all. Empty: no CORS headers. */
    corsOrigins: set.CORS_ORIGINS as '*' | readonly string[],
    playground: set.PLAYGROUND && isOpen,
    introspection: set.INTROSPECTION && isOpen,
    /** Whether the Model Context Protocol is served at /mcp. */
    mcp: set.MCP,
    /** The file of the only documents that are answered. Null: any document is. */
    trustedDocumentsFile,
    /** The size of the response cache. 0: responses are not cached. */
    answerCacheBytes: set.ANSWER_CACHE_MEGABYTES * 1024 * 1024,
    /** Whether views of discussions are counted. */
    viewCounts: set.VIEW_COUNTS,
    /** The languages whose forms of words the search takes for the same. */
    searchLanguages: set.SEARCH_LANGUAGES.filter(isSearchLanguage),
    bodyBytesMax: set.BODY_BYTES_MAX,
  };
}
