import { expect, test } from 'vitest';
import { start } from './program.ts';

/** The texts that take longest of those that the rules allow. */
const BODY = '> - > - > - a\n'.repeat(4_000);

test('a built server renders long texts beside the event loop: it answers health checks meanwhile', async () => {
  const program = await start({ RATE_LIMITS: 'off', REQUEST_TIMEOUT_SECONDS: '60' });
  const url = await program.listening();
  const aliases = Array.from({ length: 6 }, (_, n) => `p${n}: previewDiscussion(input: $input) { bodyText }`);
  const query = `query ($input: PreviewDiscussionInput!) { ${aliases.join(' ')} }`;
  let isDone = false;
  const previewed = fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables: { input: { title: 'Is it so?', body: BODY } } }),
  }).then(async (response) => {
    const body = await response.json();
    isDone = true;
    return body as { data: Record<string, { bodyText: string }> };
  });
  let checks = 0;
  while (!isDone) {
    expect((await fetch(`${url}/health/live`)).status).toBe(200);
    checks++;
  }
  const { data } = await previewed;
  expect(Object.values(data)).toEqual(Array(6).fill({ bodyText: 'a\n'.repeat(4_000).trim() }));
  // rendered on the event loop, all of them would be answered before the second check
  expect(checks).toBeGreaterThan(10);
});
