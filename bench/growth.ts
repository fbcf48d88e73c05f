import { generatedFile } from './generate/file.ts';
import { ask, type Request, run } from './load.ts';
import { FLOOR, PARLEY } from './programs.ts';
import type { Ask, Variables } from './queries.ts';
import { type Bench, figuresTable } from './report.ts';
import { measure } from './rounds.ts';
import { type Server, startAll, stopAll } from './servers.ts';
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

/** One row: which server is asked, and for what. */
type Row = readonly [name: string, server: Server, requests: readonly Request[]];

/**
 * Measures whether a page's cost grows with its thread, with the pages before it and with the forum, and what many
 * voters on one comment get.
 */
export async function measureGrowth({ copies, options, print }: Bench): Promise<void> {
  const smaller = await makeCopies(await generatedFile('small'));
  const servers = await startAll([PARLEY, FLOOR], copies.another);
  try {
    servers.push(...(await startAll([PARLEY], smaller.another)));
    const [parley, floor, small] = servers as [Server, Server, Server];
    const table = async (title: string, rows: readonly Row[], connections = 1) => {
      const contenders = rows
        .filter(([, , requests]) => requests.length > 0)
        .map(([name, server, requests]) => ({ name, server, requests: () => requests }));
      for (const { server, requests } of contenders)
        await run({ ...options, url: server.url, requests: requests(), connections });
      print(figuresTable(`Growth: ${title}`, await measure(contenders, { ...options, connections }), ''));
    };
    const { targets } = copies;
    const { largestThread, fullPages, hotVotes } = targets;
    const comments = (of: readonly Variables[]) =>
      of.map((variables) => ({ body: JSON.stringify({ query: COMMENTS_ONLY, variables }) }));
    const lastPage = { ...largestThread, after: await cursorOfLastPage(parley.url, largestThread) };
    await table('20 comments without their replies', [
      ['the largest thread, first page', parley, comments([largestThread])],
      ['the largest thread, last page', parley, comments([lastPage])],
      ['threads of one full page', parley, comments(fullPages)],
    ]);
    const lists = (asks: readonly Ask[]) => asks.map((ask) => ({ body: PARLEY.body('listPage', ask) }));
    await table('the list page', [
      ['of the small forum', small, lists(smaller.targets.workload.listPage)],
      [`of the ${options.size} forum`, parley, lists(targets.workload.listPage)],
    ]);
    // every member votes on the same comment, and at once the other way: each request changes a vote
    const others = again(hotVotes, 1);
    const asks = hotVotes.flatMap((ask, i) => [ask, others[i] ?? ask]);
    const votes = [floor, parley].map((one): Row => {
      const requests = asks.map((ask) => ({ body: one.program.body('setVote', ask), token: ask.token }));
      return [one.program.name, one, requests];
    });
    const title = `${hotVotes.length} members voting on one comment, ${HOT_CONNECTIONS} connections`;
    await table(title, votes, HOT_CONNECTIONS);
  } finally {
    await stopAll(servers);
    smaller.remove();
  }
}

/** The cursor after which exactly the last 20 comments of a thread follow. */
async function cursorOfLastPage(url: string, { id }: Variables): Promise<string> {
  const query = `query($id: ID!) { discussion(id: $id) { comments(last: 21, orderBy: BEST) { edges { cursor } } } }`;
  const answer = await ask(url, { body: JSON.stringify({ query, variables: { id } }) });
  return /"cursor":"([^"]+)"/.exec(answer)?.[1] ?? '';
}
