import { describe, expect, test } from 'vitest';
import { parseThreadDocument } from '../../src/import/parse-thread-document.ts';
import { threadDocument } from '../support/documents.ts';

const parse = (text: string) => parseThreadDocument(text, 'a.md');
const twoComments = threadDocument({
  title: 'How does it scale?',
  body: 'We are **numerous**.',
  comments: [{ body: 'Well.' }, { body: 'Not so well.', net: -3 }],
});

/** The bodies of a document whose second comment has this one. */
function bodiesAround(body: string, last = 'After.'): string[] {
  const comments = [{ body: 'Before.' }, { body }, { body: last }];
  return parse(threadDocument({ title: 'T', comments })).comments.map((comment) => comment.body);
}

describe('a document', () => {
  test('has a title, a text, comments in page order, and related links', () => {
    const document = parse(
      threadDocument({
        title: 'How does it scale?',
        postedAt: 'almost 4 years',
        product: 'Relay Desk',
        category: 'Help Desk',
        more: ['Author title: Engineer', 'Net upvotes: 4', 'Tags: Scaling, Cost , Scaling'],
        comments: [
          { body: 'Well.', net: 2, postedAt: '2026-03-01T09:30:00Z' },
          { body: 'No.', more: ['Author title: --'] },
        ],
        related: [{ title: 'What does it cost?', url: 'https://example.com/discussions/cost' }],
      }),
    );
    expect(document.post).toMatchObject({
      title: 'How does it scale?',
      body: 'How does it scale?',
      author: { title: 'Engineer', name: null },
      postedAt: { kind: 'phrase', phrase: 'almost 4 years' },
      netUpvotes: 4,
      tags: ['Scaling', 'Cost'],
    });
    expect(document.comments).toMatchObject([
      {
        number: 1,
        body: 'Well.',
        netUpvotes: 2,
        postedAt: { kind: 'exact', at: new Date('2026-03-01T09:30:00Z') },
      },
      { number: 2, body: 'No.', netUpvotes: 0, author: null },
    ]);
    expect(document.product).toEqual({ name: 'Relay Desk', url: 'https://example.com/products/relay-desk' });
    expect(document.category).toEqual({ name: 'Help Desk', url: 'https://example.com/categories/help-desk' });
    expect(document.related).toEqual([
      {
        title: 'What does it cost?',
        url: 'https://example.com/discussions/cost',
        postedAt: null,
        commentCount: 0,
      },
    ]);
    expect(document.warnings).toEqual([]);
  });

  test('parses the same with any line ends and with a byte order mark', () => {
    expect(parse(`\uFEFF${twoComments.replaceAll('\n', '\r\n')}`)).toEqual(parse(twoComments));
  });

  test.each([
    ['&amp;', '&'],
    ['&amp;amp;', '&'],
    ['I&#39;m', 'I’m'.replace('’', "'")],
    ['&quot;x&quot;', '"x"'],
    ['https://a.example/?a=1&copy=2', 'https://a.example/?a=1&copy=2'],
    ['AT&T', 'AT&T'],
  ])('that says "%s" means "%s"', (escaped, plain) => {
    const document = parse(
      threadDocument({ title: escaped, comments: [{ body: escaped, more: [`Author title: ${escaped}`] }] }),
    );
    expect(document.post.title).toBe(plain);
    expect(document.comments[0]).toMatchObject({ body: plain, author: { title: plain } });
  });

  test('may hold the pin label in the author’s title, which then describes nobody', () => {
    const label = 'Pinned by the editors as a common question';
    const { post } = parse(threadDocument({ title: 'T', more: [`Author title: ${label}`] }));
    expect(post.pin).toEqual({ label, until: null });
    expect(post.author).toBe(null);
  });

  test('stores metadata that the forum has no field for, and reports it', () => {
    const { post, warnings } = parse(threadDocument({ title: 'T', more: ['Mood: hopeful', 'Helpful: 3'] }));
    expect(post.metadata).toEqual({ Mood: 'hopeful', Helpful: '3' });
    expect(warnings.map(({ line, message }) => `${line} ${message.slice(0, 6)}`)).toEqual([
      '7 "Mood"',
      '8 "Helpf',
    ]);
  });
});

describe('any section may be missing', () => {
  test.each([
    [
      'comments',
      '# T\n\nx\n\n##### Post Metadata\n- Posted at: 3 days\n\n## Comments\n\n## Related Product\n[P](https://p.example/)',
      ['x'],
      'P',
    ],
    ['comments and their heading', '# T\nx\n##### Post Metadata\n- Posted at: 3 days', ['x'], undefined],
    [
      'the post’s text',
      '# T\n##### Post Metadata\n- Posted at: 3 days\n## Comments\n### Comment 1\nc',
      ['', 'c'],
      undefined,
    ],
    [
      'the post’s metadata',
      '# T\nx\n## Comments\n### Comment 1\nc\n##### Comment Metadata\n- Net upvotes: 1',
      ['x', 'c'],
      undefined,
    ],
    [
      'the heading over the comments',
      '# T\nx\n### Comment 1\nc\n##### Comment Metadata\n- Net upvotes: 1',
      ['x', 'c'],
      undefined,
    ],
    [
      'a comment’s metadata',
      '# T\nx\n## Comments\n### Comment 1\na\n### Comment 2\nb\n##### Comment Metadata\n- Net upvotes: 1\n### Comment 3\nc\n##### Comment Metadata',
      ['x', 'a', 'b', 'c'],
      undefined,
    ],
    [
      'all metadata',
      '# T\nx\n## Comments\n### Comment 1\na\n### Comment 2\nb\n## Related Product\n[P](https://p.example/)',
      ['x', 'a', 'b'],
      'P',
    ],
    ['everything but a related link', '# T\n## Related Product\n[P](https://p.example/)', [''], 'P'],
  ])('%s', (_, text, bodies, product) => {
    const document = parse(text);
    expect([document.post.body, ...document.comments.map(({ body }) => body)]).toEqual(bodies);
    expect(document.product?.name).toBe(product);
  });
});

describe('texts are never read as the document’s structure', () => {
  test.each([
    ['a heading of each level', '# One\n\n## Two\n\n### Three\n\n##### Five'],
    ['a rule and an underlined heading', 'One\n\n---\n\nTwo\n---\n\nComment 3\n==='],
    ['a list', '- one\n- two\n\n1. three'],
    ['the words of a comment’s heading', 'Comment 3\n\nsays Comment 3'],
    ['a comment’s heading', '### Comment 3\n\nI mean that one.'],
    ['the heading of its own number', '### Comment 2\n\nMe again.'],
    ['the heading over the comments', '## Comments\n\nare welcome'],
    ['that heading with a first comment', '## Comments\n\n### Comment 1\n\nare welcome'],
    ['the headings of metadata', '##### Comment Metadata\n\nis what I miss\n\n##### Post Metadata\n\ntoo'],
    ['the heading of related links', '## Related Product\n\nis better'],
    [
      'a whole comment in fenced code',
      '```\n### Comment 3\n\nx\n\n##### Comment Metadata\n- Posted at: 1 day\n```\n\nSo.',
    ],
    [
      'a whole comment in a quotation',
      '> ### Comment 3\n> x\n> ##### Comment Metadata\n> - Posted at: 1 day',
    ],
    ['a comment’s heading in indented code and in a list', '    ### Comment 3\n\n1. x\n\n   ### Comment 3'],
    ['a fence that is never closed', 'See:\n\n```js\nlet a = 1;'],
    ['two fences that are never closed', '````\n\n~~~ \nb'],
  ])('%s', (_, body) => {
    expect(bodiesAround(body)).toEqual(['Before.', body, 'After.']);
    expect(bodiesAround('Between.', body)).toEqual(['Before.', 'Between.', body]);
  });

  test('a post that quotes a document keeps it', () => {
    const body = '## Comments\n\n### Comment 1\n\nx\n\n## Related Product\n\nnone';
    const document = parse(threadDocument({ title: 'T', body, comments: [{ body: 'c' }] }));
    expect(document.post.body).toBe(body);
    expect(document.comments.map((comment) => comment.body)).toEqual(['c']);
    expect(parse(threadDocument({ title: 'T', body })).post.body).toBe(body);
  });

  test('a fence that one comment opens and another one closes is reported', () => {
    const comments = [{ body: '```\nx' }, { body: '```\ny' }, { body: 'z' }];
    const text = threadDocument({ title: 'T', comments });
    expect(() => parse(text)).toThrow('comment 3 was found where comment 2 was expected');
    const { warnings } = parse(threadDocument({ title: 'T', comments: comments.slice(0, 2) }));
    expect(warnings.map(({ message }) => message)).toEqual([
      expect.stringMatching(/are code that contains a comment; a fence may be closed too late$/),
    ]);
  });
});
