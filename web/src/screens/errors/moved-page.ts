import { ApiError } from '../../api/api-error.ts';
import type { ErrorCode } from '../../generated/graphql/graphql.ts';
import { graphql } from '../../generated/graphql/index.ts';
import { type Answer, movedTo } from '../../http/answers.ts';
import type { Visit } from '../../http/visit.ts';
import { discussionPath } from '../../parts/paths.ts';
import { notFoundPage, withReader } from './error-pages.tsx';

const OldAddress = graphql(`
  query OldAddress($url: URI!) {
    discussion(url: $url) {
      slug
    }
  }
`);

/** No discussion had the address, or it is too long for one. */
const NOWHERE: readonly ErrorCode[] = ['NOT_FOUND', 'BAD_USER_INPUT'];

/** Leads on from the address that an imported discussion had in its old forum. Otherwise, the page for what is nowhere. */
export async function movedOrNotFoundPage(visit: Visit): Promise<Answer> {
  if (visit.method === 'POST') return withReader(visit, notFoundPage(visit));
  try {
    const { discussion } = await visit.asGuest().ask(OldAddress, { url: visit.url.href });
    if (discussion) return movedTo(discussionPath(discussion.slug));
  } catch (error) {
    if (!(error instanceof ApiError && NOWHERE.includes(error.code))) throw error;
  }
  return withReader(visit, notFoundPage(visit));
}
