import { FLOOR, PARLEY, type Program, start } from './contenders.ts';
import { makeCopies } from './copies.ts';
import type { Running } from './equality.ts';
import { generatedFile } from './generate/file.ts';
import { sizes } from './generate/sizes.ts';
import type { LoadGenerator } from './load/generator.ts';
import type { Request } from './load/job.ts';
import type { Options } from './options.ts';
import { type Ask, graphqlBody, type Operation, type Variables } from './queries.ts';
import { type Contender, type Figures, measure, type Timing } from './rounds.ts';
import { again, chooseTargets, type Targets } from './targets.ts';

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

const HOT_CONNECTIONS = 32;

/**
 * Measures whether a page's cost grows with its thread, with the pages before it and with the forum, and what many
 * voters on one comment get.
 */
export async function measureGrowth(
  load: LoadGenerator,
  generated: string,
  seed: number,
  options: Options,
  timing: Timing,
): Promise<Growth[]> {
  const copies = await makeCopies(generated);
  const smaller = await makeCopies(await generatedFile(sizes.small, seed));
  const started: Running[] = [];
  const run = async (program: Program, file: string) => {
    const running = { program, server: await start(program, file) };
    started.push(running);
    return running;
  };
  try {
    const targets = chooseTargets(copies.file, copies.tokens);
    const [ours, small] = [await run(PARLEY, copies.another()), await run(PARLEY, smaller.another())];
    const floor = await run(FLOOR, copies.another());
    return [
      await wholePages(load, ours, 'the whole thread page', targets, timing),
      await wholePages(load, floor, 'the whole thread page, as the floor answers it', targets, timing),
      await oneLevel(load, ours, targets, timing),
      await lists(load, ours, small, targets, chooseTargets(smaller.file, smaller.tokens), options, timing),
      await hotComment(load, [floor, ours], targets, timing),
    ];
  } finally {
    await Promise.all(started.map(({ server }) => server.stop()));
    copies.remove();
    smaller.remove();
  }
}

async function wholePages(
  load: LoadGenerator,
  { program, server }: Running,
  title: string,
  { largestThread, shortThreads, busyThreads }: Targets,
  timing: Timing,
): Promise<Growth> {
  const pages = (name: string, of: readonly Variables[]) =>
    contender(
      name,
      server,
      of.map((variables) => ({ body: program.body('threadPage', { variables }) })),
    );
  const contenders = [
    pages('threads of 20 comments', shortThreads),
    pages('threads of 100 to 400 comments that show most', busyThreads),
    pages('the largest thread', [largestThread]),
  ];
  return { title, figures: await measure(load, notEmpty(contenders), timing) };
}

async function oneLevel(
  load: LoadGenerator,
  { server }: Running,
  { largestThread, fullPages }: Targets,
  timing: Timing,
): Promise<Growth> {
  const lastPage = { ...largestThread, after: await cursorOfLastPage(server.url, largestThread) };
  const comments = (name: string, of: readonly Variables[]) =>
    contender(
      name,
      server,
      of.map((variables) => ({ body: JSON.stringify({ query: COMMENTS_ONLY, variables }) })),
    );
  const alike = [
    comments('the largest thread, first page', [largestThread]),
    comments('the largest thread, last page', [lastPage]),
    comments('threads of one full page', fullPages),
  ];
  return {
    title: '20 comments without their replies',
    figures: await measure(load, notEmpty(alike), timing),
  };
}

async function lists(
  load: LoadGenerator,
  ours: Running,
  small: Running,
  targets: Targets,
  smallTargets: Targets,
  { size }: Options,
  timing: Timing,
): Promise<Growth> {
  const count = (name: keyof typeof sizes) => `${sizes[name].discussions.toLocaleString('en')} discussions`;
  const contenders = [
    contender(count('small'), small.server, requestsOf('listPage', smallTargets.workload.listPage)),
    contender(count(size), ours.server, requestsOf('listPage', targets.workload.listPage)),
  ];
  return { title: 'the list page', figures: await measure(load, contenders, timing) };
}

/** Every member votes on the same comment, and at once the other way: each request changes a vote. */
async function hotComment(
  load: LoadGenerator,
  running: readonly Running[],
  { hotVotes }: Targets,
  timing: Timing,
): Promise<Growth> {
  const others = again(hotVotes, 1);
  const asks = hotVotes.flatMap((ask, i) => [ask, others[i] ?? ask]);
  const contenders = running.map(({ program, server }) => {
    const requests = asks.map((ask) => ({ body: program.body('setVote', ask), token: ask.token ?? '' }));
    return { name: program.name, server, requests: () => requests };
  });
  const figures = await measure(load, contenders, { ...timing, connections: HOT_CONNECTIONS });
  return {
    title: `${hotVotes.length} members voting on one comment, ${HOT_CONNECTIONS} connections`,
    figures,
  };
}

function requestsOf(operation: Operation, asks: readonly Ask[]): Request[] {
  return asks.map(({ variables }) => ({ body: graphqlBody(operation, variables) }));
}

function contender(
  name: string,
  server: Contender['server'],
  requests: readonly Request[],
): Contender & {
  readonly isEmpty: boolean;
} {
  return { name, server, requests: () => requests, isEmpty: requests.length === 0 };
}

function notEmpty(contenders: readonly (Contender & { readonly isEmpty: boolean })[]): Contender[] {
  return contenders.filter(({ isEmpty }) => !isEmpty);
}

/** The cursor after which exactly the last 20 comments of a thread follow. */
async function cursorOfLastPage(url: string, { id }: Variables): Promise<string> {
  const query = `query($id: ID!) { discussion(id: $id) { comments(last: 21, orderBy: BEST) { edges { cursor } } } }`;
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
