import { ApiError } from '../../api/api-error.ts';
import type { ErrorCode } from '../../generated/graphql/graphql.ts';
import { graphql } from '../../generated/graphql/index.ts';
import { type Answer, movedTo } from '../../http/answers.ts';
import type { Visit } from '../../http/visit.ts';
import { discussionPath } from '../../parts/paths.ts';
import { notFoundPage } from './error-pages.tsx';

const OldAddress = graphql(`
  query OldAddress($url: URI!) {
    discussion(url: $url) {
      slug
    }
  }
`);

/** What may be otherwise in a moment: the address is not nowhere. */
const PASSING: readonly ErrorCode[] = ['UNAVAILABLE', 'TIMEOUT', 'RATE_LIMITED', 'INTERNAL_SERVER_ERROR'];

/** Leads on from the address that an imported discussion had in its old forum. Otherwise, the page for what is nowhere. */
export async function movedOrNotFoundPage(visit: Visit): Promise<Answer> {
  if (visit.method === 'POST') return notFoundPage(visit);
  try {
    const { discussion } = await visit.asGuest().ask(OldAddress, { url: visit.url.href });
    if (discussion) return movedTo(discussionPath(discussion.slug));
  } catch (error) {
    // otherwise no discussion had it, or it is too long for an address
    if (!(error instanceof ApiError) || PASSING.includes(error.code)) throw error;
  }
  return notFoundPage(visit);
}
