import { ApiError } from '../../api/api-error.ts';
import { type Redirect, redirect } from '../../http/answers.ts';
import type { Visit } from '../../http/visit.ts';
import { discussionPath } from '../../parts/paths.ts';

/**
 * For forms about the discussion of their address. The address of a merged discussion finds the one that it was merged
 * into, and the form would be about that. In place of the form, leads to that one; what was sent is refused as a CONFLICT.
 * Null if the discussion was not merged.
 */
export function leadOnIfMerged(visit: Visit, found: { readonly slug: string }): Redirect | null {
  if (found.slug === visit.params['slug']) return null;
  if (visit.method === 'POST')
    throw new ApiError({
      message: visit.speech.text('error.merged'),
      isOwn: true,
      extensions: { code: 'CONFLICT' },
    });
  return redirect(discussionPath(found.slug));
}
