import type { Bench } from './bench.ts';
import { FLOOR, PARLEY, type Program, type Running, start, stopAll } from './contenders.ts';
import { generatedFile } from './generate/file.ts';
import { sizes } from './generate/sizes.ts';
import { type Ask, graphqlBody, type Variables } from './queries.ts';
import { growthTable } from './report.ts';
import { measure } from './rounds.ts';
import { again, makeCopies } from './targets.ts';

/** Twenty comments and nothing below them: the same work wherever the page stands. */
const COMMENTS_ONLY = `query Comments($id: ID!, $after: String) {
  discussion(id: $id) {
    comments(first: 20, after: $after, orderBy: BEST) {
      nodes { id bodyHTML createdAt netUpvotes author { id name } }
    }
  }
}`;

const HOT_CONNECTIONS = 32;

/** One row: whom it asks, and for what. */
type Row = readonly [name: string, of: Running, bodies: readonly string[], tokens?: readonly string[]];

/**
 * Measures whether a page's cost grows with its thread, with the pages before it and with the forum, and what many
 * voters on one comment get.
 */
export async function measureGrowth(bench: Bench, seed: number): Promise<void> {
  const { load, timing, options, print } = bench;
  const copies = await makeCopies(bench.generated);
  const smaller = await makeCopies(await generatedFile(sizes.small, seed));
  const running: Running[] = [];
  const run = async (program: Program, file: string) => {
    const one = await start(program, file);
    running.push(one);
    return one;
  };
  const table = async (title: string, rows: readonly Row[], connections = 1) => {
    const contenders = rows
      .filter(([, , bodies]) => bodies.length > 0)
      .map(([name, { server }, bodies, tokens]) => {
        const requests = bodies.map((body, i) => ({ body, ...(tokens && { token: tokens[i] ?? '' }) }));
        return { name, server, requests: () => requests };
      });
    print(growthTable(title, await measure(load, contenders, { ...timing, connections })));
  };
  try {
    const { targets } = copies;
    const { largestThread, shortThreads, busyThreads, fullPages, hotVotes } = targets;
    const [parley, small] = [await run(PARLEY, copies.another()), await run(PARLEY, smaller.another())];
    const floor = await run(FLOOR, copies.another());
    for (const one of [parley, floor]) {
      const bodies = (of: readonly Variables[]) =>
        of.map((variables) => one.program.body('threadPage', { variables }));
      await table(`the whole thread page${one === floor ? ', as the floor answers it' : ''}`, [
        ['threads of 20 comments', one, bodies(shortThreads)],
        ['threads of 100 to 400 comments that show most', one, bodies(busyThreads)],
        ['the largest thread', one, bodies([largestThread])],
      ]);
    }
    const comments = (of: readonly Variables[]) =>
      of.map((variables) => JSON.stringify({ query: COMMENTS_ONLY, variables }));
    const lastPage = { ...largestThread, after: await cursorOfLastPage(parley.server.url, largestThread) };
    await table('20 comments without their replies', [
      ['the largest thread, first page', parley, comments([largestThread])],
      ['the largest thread, last page', parley, comments([lastPage])],
      ['threads of one full page', parley, comments(fullPages)],
    ]);
    const discussions = (size: keyof typeof sizes) =>
      `${sizes[size].discussions.toLocaleString('en')} discussions`;
    const lists = (asks: readonly Ask[]) => asks.map(({ variables }) => graphqlBody('listPage', variables));
    await table('the list page', [
      [discussions('small'), small, lists(smaller.targets.workload.listPage)],
      [discussions(options.size), parley, lists(targets.workload.listPage)],
    ]);
    // every member votes on the same comment, and at once the other way: each request changes a vote
    const others = again(hotVotes, 1);
    const asks = hotVotes.flatMap((ask, i) => [ask, others[i] ?? ask]);
    const tokens = asks.map(({ token = '' }) => token);
    const votes = [floor, parley].map((one): Row => {
      return [one.program.name, one, asks.map((ask) => one.program.body('setVote', ask)), tokens];
    });
    const title = `${hotVotes.length} members voting on one comment, ${HOT_CONNECTIONS} connections`;
    await table(title, votes, HOT_CONNECTIONS);
  } finally {
    await stopAll(running);
    copies.remove();
    smaller.remove();
  }
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
    readonly data: { readonly discussion: { readonly comments: { readonly edges: { cursor: string }[] } } };
  };
  return data.discussion.comments.edges[0]?.cursor ?? '';
}
