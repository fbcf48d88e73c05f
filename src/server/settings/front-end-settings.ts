// The settings for the reference front end.
import * as z from 'zod';
import { onOff } from './setting-forms.ts';

export const frontEndSettings = {
  FRONT_END: onOff('on'),
  SITE_NAME: z.string().trim().min(1).max(100).default('Parley'),
};

/** What each must be, for the message that ends the start. */
export const FRONT_END_MUST_BE = {
  FRONT_END: 'on or off',
  SITE_NAME: 'a name of 1 to 100 characters',
};

export interface FrontEndSettings {
  /** Whether the reference front end is served. */
  readonly frontEnd: boolean;
  /** The forum's name, as pages show it. */
  readonly siteName: string;
}

export function frontEndSettingsOf(set: z.infer<z.ZodObject<typeof frontEndSettings>>): FrontEndSettings {
  return { frontEnd: set.FRONT_END, siteName: set.SITE_NAME };
}
