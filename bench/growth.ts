import type { LoadGenerator } from './load/generator.ts';
import type { Server } from './processes.ts';
import { graphqlBody, type Variables } from './queries.ts';
import { type Contender, type Figures, measure, type Timing } from './rounds.ts';
import type { Targets } from './targets.ts';

/** Pages that should cost the same; each is compared with the first. */
export interface Growth {
  readonly title: string;
  readonly figures: readonly Figures[];
}

/** Twenty comments and nothing below them: the same work wherever the page stands. */
const COMMENTS_ONLY = `query Comments($id: ID!, $after: String) {
  discussion(id: $id) {
    comments(first: 20, after: $after, orderBy: BEST) {
      nodes { id bodyHTML createdAt netUpvotes author { id name } }
    }
  }
}`;

/** Measures whether a page's cost grows with its thread, and with the pages before it. */
export async function measureGrowth(
  load: LoadGenerator,
  server: Server,
  { largestThread, shortThreads, fullPages }: Targets,
  timing: Timing,
): Promise<Growth[]> {
  const lastPage = { ...largestThread, after: await cursorOfLastPage(server.url, largestThread) };
  const pages = (name: string, of: readonly Variables[]): Contender => {
    return { name, server, bodies: of.map((variables) => graphqlBody('threadPage', variables)) };
  };
  const comments = (name: string, of: readonly Variables[]): Contender => {
    const bodies = of.map((variables) => JSON.stringify({ query: COMMENTS_ONLY, variables }));
    return { name, server, bodies };
  };
  const whole = [pages('threads of 20 comments', shortThreads), pages('the largest thread', [largestThread])];
  const alike = [
    comments('threads of one full page', fullPages),
    comments('the largest thread, first page', [largestThread]),
    comments('the largest thread, last page', [lastPage]),
  ];
  const run = (contenders: readonly Contender[]) => {
    return measure(
      load,
      contenders.filter(({ bodies }) => bodies.length > 0),
      timing,
    );
  };
  return [
    { title: 'growth: the whole thread page', figures: await run(whole) },
    { title: 'growth: 20 comments without their replies', figures: await run(alike) },
  ];
}

/** The cursor after which exactly the last 20 comments of a thread follow. */
async function cursorOfLastPage(url: string, { id }: Variables): Promise<string> {
  const query = `query($id: ID!) { discussion(id: $id) { comments(last: 21) { edges { cursor } } } }`;
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables: { id } }),
  });
  const { data } = (await response.json()) as {
    data: { discussion: { comments: { edges: { cursor: string }[] } } };
  };
  return data.discussion.comments.edges[0]?.cursor ?? '';
}
