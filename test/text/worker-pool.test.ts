import { afterEach, expect, test } from 'vitest';
import { Refusal } from '../../src/access/errors.ts';
import { createLimiter, NO_LIMITS } from '../../src/access/limiter.ts';
import { createWorkerPool, type TaskClient, type WorkerPool } from '../../src/text/worker-pool.ts';
import { TaskTooLarge } from '../../src/text/worker-threads.ts';

const ada: TaskClient = { countedAs: 'viewer ada', limiter: createLimiter() };
const ben: TaskClient = { countedAs: 'viewer ben', limiter: createLimiter() };
const NOBODY = new Map();
/** Takes a tenth of a second or more. */
const HEADINGS = 'a\n=\n'.repeat(15_000);

let pool: WorkerPool;
const open = (options: Parameters<typeof createWorkerPool>[0] = {}) => {
  pool = createWorkerPool(options);
  return pool;
};
afterEach(() => pool.close());

const render = (client: TaskClient, text: string) => pool.run(client, 'render', [text, NOBODY]);
const refusalIn = (result: PromiseSettledResult<unknown>) => {
  if (result.status === 'fulfilled') return null;
  const reason: unknown = result.reason;
  return reason instanceof Refusal ? { code: reason.code, retryAfter: reason.retryAfter } : reason;
};

test('a pool has no thread before its first task', async () => {
  open();
  expect(await pool.threads()).toBe(0);
  expect(await render(ada, '**a**')).toEqual({ html: '<p><strong>a</strong></p>', text: 'a' });
  expect(await pool.threads()).toBe(1);
});

test('the event loop turns while a long text is rendered', async () => {
  open();
  await render(ada, 'a');
  let turns = 0;
  const timer = setInterval(() => turns++, 1);
  const { html } = await render(ada, HEADINGS);
  clearInterval(timer);
  expect(html).toMatch(/^<h1>a<\/h1>/);
  expect(turns).toBeGreaterThan(10);
});

test('a task that takes too long is ended with its thread, and the next one runs in another', async () => {
  open({ taskMsMax: 500 });
  // starting a thread may take longer than this pool's tasks may
  const next = () =>
    expect.poll(() => render(ada, 'a').then(({ text }) => text, String), { timeout: 30_000 });
  await next().toBe('a');
  const tooLarge = 'a\n=\n'.repeat(300_000);
  const threads = await pool.threads();
  await expect(render(ada, tooLarge)).rejects.toBeInstanceOf(TaskTooLarge);
  expect(await pool.threads()).toBe(threads - 1);
  await next().toBe('a');
});

test('a client that has used up its time is refused until the minute ends, and others are not', async () => {
  open({ clientMsAMinute: 1 });
  await render(ada, HEADINGS);
  const refused = { code: 'RATE_LIMITED', retryAfter: 60 };
  await expect(render(ada, 'a')).rejects.toMatchObject(refused);
  expect((await render(ben, 'a')).text).toBe('a');
  expect((await render({ ...ada, limiter: NO_LIMITS }, 'a')).text).toBe('a');
});

test('a full queue sheds a client’s tasks, and those of others wait', async () => {
  open({ waitingMaxEach: 3 });
  const texts = Array.from({ length: 7 }, () => render({ ...ada, limiter: NO_LIMITS }, 'a'));
  const results = await Promise.allSettled([...texts, render(ben, 'a')]);
  const shed = { code: 'UNAVAILABLE', retryAfter: 1 };
  expect(results.map(refusalIn)).toEqual([...Array(5).fill(null), shed, shed, null]);
});

test('a thread that cannot start is a fault, and not the text’s', async () => {
  open({ worker: new URL('missing-worker.js', import.meta.url).href });
  const [result] = await Promise.allSettled([render(ada, 'a')]);
  expect(result.status).toBe('rejected');
  expect(refusalIn(result)).toMatchObject({ code: 'ERR_MODULE_NOT_FOUND' });
});
