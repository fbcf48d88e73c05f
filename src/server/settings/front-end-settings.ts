// The settings for the reference front end.
import * as z from 'zod';
import { isOrigin, listOf, onOff } from './setting-forms.ts';

export const frontEndSettings = {
  FRONT_END: onOff('on'),
  SITE_NAME: z.string().trim().min(1).max(100).default('Parley').describe('a name of 1 to 100 characters'),
  FRONT_END_STYLESHEET: z.string().optional().describe('the path of a CSS file'),
  EMBED_ORIGINS: listOf(isOrigin)
    .default([])
    .describe('origins such as https://www.example.com, separated by commas'),
  EMBED_API_KEY: z.string().regex(/^\S+$/).optional().describe('an API key'),
};

export function frontEndSettingsOf(set: z.infer<z.ZodObject<typeof frontEndSettings>>) {
  return {
    /** Whether the reference front end is served. */
    frontEnd: set.FRONT_END,
    /** The file whose styles are added to the front end's. Null: none. */
    frontEndStylesheet: set.FRONT_END_STYLESHEET ?? null,
    /** The origins whose pages may embed discussions. Empty: nothing is embedded. */
    embedOrigins: set.EMBED_ORIGINS as readonly string[],
    /** The key that creates the discussions of the host's pages. Null: readers create them. Secret: never logged. */
    embedApiKey: set.EMBED_API_KEY ?? null,
  };
}
