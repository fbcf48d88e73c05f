// The settings for the reference front end.
import * as z from 'zod';
import { onOff } from './setting-forms.ts';

export const frontEndSettings = {
  FRONT_END: onOff('on'),
  SITE_NAME: z.string().trim().min(1).max(100).default('Parley').describe('a name of 1 to 100 characters'),
};

export function frontEndSettingsOf(set: z.infer<z.ZodObject<typeof frontEndSettings>>) {
  return {
    /** Whether the reference front end is served. */
    frontEnd: set.FRONT_END,
    /** The forum's name, as pages show it. */
    siteName: set.SITE_NAME,
  };
}
