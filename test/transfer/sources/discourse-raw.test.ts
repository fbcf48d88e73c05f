import { expect, test } from 'vitest';
import { renderMarkdown } from '../../../src/text/markdown.ts';
import { markdownOfRaw } from '../../../src/transfer/sources/discourse/raw-markdown.ts';
import { converted } from './dumps.ts';

const lines = (...of: string[]) => of.join('\n');

test.each([
  [
    'a quote',
    lines('[quote="Ada *L.*, post:1, topic:3, username:ada"]', 'Which one?', '[/quote]', 'The first.'),
    lines('> **Ada \\*L.\\*:**', '>', '> Which one?', '', 'The first.'),
  ],
  [
    'a quote in a quote, and one in a line',
    lines('So:', '[quote="ada"]', 'A', '[quote]B[/quote]', 'C', '[/quote]'),
    lines('So:', '', '> **ada:**', '>', '> A', '>', '> > B', '>', '> C', ''),
  ],
  [
    'a tag without its other half, in a line, and in code',
    lines('[quote="ada"]', 'use `[quote]` or', '```', '[quote="x"]', '[/quote]', '```', 'end'),
    lines('[quote="ada"]', 'use `[quote]` or', '```', '[quote="x"]', '[/quote]', '```', 'end'),
  ],
  [
    'a poll, whose options are a list',
    lines('Which?', '', '[poll type=regular results=always]', '* Apples', '* Pears', '[/poll]', 'Bye'),
    lines('Which?', '', '* Apples', '* Pears', 'Bye'),
  ],
  [
    'lines that end as on Windows',
    '[quote="ada"]\r\nA\r\n[/quote]\r\n```\r\n[poll]\r\n```\r\nB',
    lines('> **ada:**', '>', '> A', '', '```', '[poll]', '```', 'B'),
  ],
  [
    'a hidden part',
    lines('[details="More *here*"]', 'Hidden', '[/details]'),
    lines('**More \\*here\\***', '', 'Hidden'),
  ],
  [
    'a hidden part in a quote',
    lines('[quote]', '[details=More]', 'Hidden', '[/details]', '[/quote]'),
    lines('> **More**', '> ', '> Hidden', ''),
  ],
  [
    'uploads',
    '![a cat|690x388, 50%](upload://aB1.png) [list.pdf|attachment](upload://c.pdf) (2 KB)',
    '![a cat](https://old.example/uploads/short-url/aB1.png) [list.pdf](https://old.example/uploads/short-url/c.pdf) (2 KB)',
  ],
  [
    'nothing but a poll of a number',
    '[poll type=number max=5]\n[/poll]',
    '[poll type=number max=5]\n[/poll]',
  ],
])('%s of Discourse becomes Markdown', (_, raw, markdown) => {
  expect(markdownOfRaw(raw, 'old.example')).toBe(markdown);
});

test('what follows a quote is not in it, and a text of many tags is read in linear time', () => {
  const raw = lines('[quote="ada"]', '- one', '[/quote]', 'Mine');
  expect(renderMarkdown(markdownOfRaw(raw, 'old.example'), new Map(), []).html).toMatch(
    /<\/blockquote>\s*<p>Mine/,
  );
  const many = '[quote="a"]\n'.repeat(20_000) + '[/quote]\n'.repeat(20_000);
  const started = performance.now();
  expect(markdownOfRaw(many, 'old.example').length).toBeLessThan(many.length * 4);
  expect(performance.now() - started).toBeLessThan(2000);
});

test('texts of topics are converted, those of the JSON API and of a backup', async () => {
  const raw = '[quote="ada"]\\nA\\n[/quote]\\nB';
  const post = `"post_number":1,"post_type":1,"username":"ada","created_at":"2024-03-01T09:30:00Z","raw":${JSON.stringify(raw).replaceAll('\\\\', '\\')}`;
  const json = `{"id":3,"title":"T","post_stream":{"posts":[{${post}}]}}`;
  const sql = lines(
    'COPY public.posts (id, user_id, topic_id, post_number, raw, post_type, created_at) FROM stdin;',
    `11\t5\t3\t1\t${raw}\t1\t2024-03-01 09:30:00`,
    '\\.',
    'COPY public.topics (id, title, archetype, created_at) FROM stdin;',
    '3\tT\tregular\t2024-03-01 09:30:00',
    '\\.',
    '',
  );
  for (const files of [{ 'a.json': json }, { 'dump.sql': sql }]) {
    const { records } = await converted('discourse', files);
    expect(records['discussion']?.map(({ body }) => body)).toEqual(['> **ada:**\n>\n> A\n\nB']);
  }
});
