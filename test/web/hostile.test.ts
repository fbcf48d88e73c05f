import { expect, test } from 'vitest';
import { send } from '../support/app.ts';
import { useForum } from './forum.ts';

const forum = useForum();

const HOSTILE = [
  '<script>window.hacked = true</script>',
  '<img src=x onerror="window.hacked = true">',
  '"><svg onload="window.hacked = true">',
  '</script><script>window.hacked = true</script>',
  '</title><script>window.hacked = true</script>',
  '[click](javascript:window.hacked=true)',
  '![pixel](https://tracker.example/pixel.png)',
  '<iframe src="https://evil.example"></iframe><link rel=stylesheet href="https://evil.example/a.css">',
  "{{constructor.constructor('window.hacked=true')()}}",
  'مرحبا <b>bold</b> <!-- --> 日本語 &lt;script&gt;window.hacked=true&lt;/script&gt;',
];

test.each(HOSTILE.map((text, index) => [index, text] as const))(
  'text %i runs no script and requests nothing: %s',
  async (index, text) => {
    const account = await forum().account(`Mallory ${text}`.slice(0, 100));
    const create =
      'mutation ($input: CreateDiscussionInput!) { createDiscussion(input: $input) { discussion { id slug } } }';
    const title = `${index} ${text}`;
    const made = await send(forum().app, create, {
      key: account.token,
      variables: { input: { title, body: text } },
    });
    const { id, slug } = made.body.data.createDiscussion.discussion;
    const add = 'mutation ($input: AddCommentInput!) { addComment(input: $input) { comment { id } } }';
    await send(forum().app, add, {
      key: account.token,
      variables: { input: { discussionId: id, body: text } },
    });
    const { page, complaints } = await forum().open();
    for (const path of [
      '/?order=newest',
      `/discussions/${encodeURIComponent(slug)}`,
      `/discussions/${encodeURIComponent(slug)}/history`,
    ]) {
      // images have been requested by then, and scripts have run
      await page.goto(forum().app.url + path, { waitUntil: 'load' });
      expect(await page.evaluate('window.hacked')).toBeUndefined();
      expect(await page.locator('h1').count()).toBe(1);
    }
    expect(complaints).toEqual([]);
  },
);
