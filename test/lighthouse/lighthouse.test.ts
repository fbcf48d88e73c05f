// What Lighthouse says of the pages that people see first. WRITE_LIGHTHOUSE=on writes its table in docs/front-end.md.
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type LaunchedChrome, launch } from 'chrome-launcher';
import lighthouse from 'lighthouse';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chromiumPath } from '../browser/chromium.ts';
import { type Server, startServer } from '../clients/server.ts';
import { FRONT_END_PAGE, readFrontEndPage, withPart } from '../web/front-end-page.ts';

const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'] as const;
/** Performance is timed, so it is written and not asserted. */
type Scores = Readonly<Record<(typeof CATEGORIES)[number], number>>;

const { version } = createRequire(import.meta.url)('lighthouse/package.json') as { version: string };

let server: Server;
let chrome: LaunchedChrome;
let longPath: string;
beforeAll(async () => {
  server = await startServer({ SEED: 'sample', FRONT_END: 'on' });
  longPath = await writeLongDiscussion();
  chrome = await launch({
    chromePath: chromiumPath as string,
    chromeFlags: ['--headless=new', '--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'],
  });
});
afterAll(async () => {
  chrome?.kill();
  await server.close();
});

const PAGES: readonly (readonly [name: string, path: () => string])[] = [
  ['list', () => '/'],
  ['discussion', () => '/discussions/how-does-relaydesk-cope-when-a-team-grows-past-fifty-agents'],
  ['a discussion with 1,000 comments', () => longPath],
];

const measured = new Map<string, Scores>();

test.each(PAGES)('%s: accessibility, best practices and SEO are complete', async (name, path) => {
  const url = new URL(path(), server.url).href;
  const result = await lighthouse(url, { port: chrome.port, logLevel: 'error' });
  if (!result) throw new Error('Lighthouse has not answered.');
  const { categories, audits, runtimeError } = result.lhr;
  expect(runtimeError).toBeUndefined();
  const scores = Object.fromEntries(
    CATEGORIES.map((category) => [category, Math.round(100 * (categories[category]?.score ?? 0))]),
  ) as Scores;
  measured.set(name, scores);
  const rest = CATEGORIES.slice(1).flatMap((category) => categories[category]?.auditRefs ?? []);
  const failed = rest
    .filter(({ id, weight }) => weight > 0 && ![1, null].includes(audits[id]?.score ?? null))
    .map(({ id }) => `${id}: ${audits[id]?.title}`);
  expect(failed).toEqual([]);
  expect(scores).toMatchObject({ accessibility: 100, 'best-practices': 100, seo: 100 });
});

test('docs/front-end.md lists these pages and scores', () => {
  const text = readFrontEndPage();
  if (process.env['WRITE_LIGHTHOUSE'] === 'on') writeFileSync(FRONT_END_PAGE, withScores(text));
  else expect(untimed(text)).toBe(untimed(withScores(text)));
});

function withScores(text: string): string {
  return withPart(text, 'lighthouse', [
    `Lighthouse ${version}, as a phone, of the sample forum and of a discussion that the suite writes:`,
    '',
    '| page | performance | accessibility | best practices | SEO |',
    '| --- | --- | --- | --- | --- |',
    ...PAGES.map(([name]) => {
      const scores = measured.get(name);
      return `| ${[name, ...CATEGORIES.map((category) => scores?.[category])].join(' | ')} |`;
    }),
  ]);
}

/** Without the figures of performance. */
function untimed(text: string): string {
  return text.replace(/^(\| [^|]+ \|) \d+ (\| \d+ \| \d+ \| \d+ \|)$/gm, '$1$2');
}

async function writeLongDiscussion(): Promise<string> {
  const { token, discussionId, slug } = await server.scene();
  const mutation = 'mutation ($input: AddCommentInput!) { addComment(input: $input) { comment { id } } }';
  const add = async (count: number, replyToId: string | null): Promise<string> => {
    const body = `Number ${count}: we use the **second** one. ${'It costs less and does more. '.repeat(8)}`;
    const { addComment } = await server.ask(mutation, { input: { discussionId, body, replyToId } }, token);
    return addComment.comment.id;
  };
  for (let top = 0; top < 199; top++) {
    const id = await add(5 * top, null);
    await Promise.all([1, 2, 3, 4].map((reply) => add(5 * top + reply, id)));
  }
  return `/discussions/${slug}`;
}
