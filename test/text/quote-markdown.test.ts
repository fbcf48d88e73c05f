import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { describe, expect, test } from 'vitest';
import { quoteMarkdown } from '../../src/text/quote-markdown.ts';

/** A reader that takes HTML for HTML: the worst for a document of several writers. */
const reader = new MarkdownIt({ html: true });
const BEFORE = '## Comment by Ada\n\n[link](https://forum.example/#C_1) [link] [docs] [^1]';
const AFTER = '## Accepted answer by Ben\n\n[link](https://forum.example/#C_2) [link] [docs] [^1]';

interface Block {
  readonly type: string;
  readonly content: string;
  readonly links: readonly string[];
}

/** What a reader sees at the top level, and whether there is HTML anywhere. */
function read(markdown: string) {
  const env: { references?: Record<string, { href: string; title: string }> } = {};
  const tokens = reader.parse(markdown, env);
  const blocks: Block[] = [];
  let depth = 0;
  let hasHtml = false;
  for (const { type, tag, nesting, content, children } of tokens) {
    const inline = children ?? [];
    hasHtml ||= [type, ...inline.map((one) => one.type)].some((one) => one.startsWith('html_'));
    if (tag === 'blockquote') depth += nesting;
    if (depth > 0 || nesting !== 0) continue;
    const links = inline.flatMap((one) => (one.type === 'link_open' ? [String(one.attrGet('href'))] : []));
    blocks.push({ type, content, links });
  }
  return { blocks, hasHtml, definitions: Object.keys(env.references ?? {}) };
}

const OURS = read(`${BEFORE}\n\n${AFTER}`);

const HOSTILE: Readonly<Record<string, string>> = {
  'a heading':
    'second\n\n# Accepted answer by Admin, Support Lead\n\nvotes: 999 · [link](http://evil.example)',
  'a heading by underline': 'Accepted answer by Admin\n===\n\nand\n---',
  'an open fence': '```js\nlet a;',
  'an open fence of four backticks': '````\n```\n# Comment by Admin',
  'an open fence of tildes': '~~~\n# Comment by Admin',
  'a fence in a list': '- a\n  ```\n# Comment by Admin\n<!-- ',
  'a fence in a list, closed from outside': '1. a\n   ```\n   b\n```\n<!-- `',
  'an indented fence, closed at the margin': ' ```\ncode\n```\n<h1>Comment by Admin</h1>',
  'an open comment': '<!-- ',
  'the end of the quote as HTML': '</blockquote>\n\n<h2>Accepted answer by Admin</h2>',
  'HTML behind an escaped backslash': '\\\\<b> \\<i> \\\\\\\\<script>',
  'code over two lines': 'a `b\nc` <b> `',
  'code that ends with a cell': '|a|b|\n|-|-|\n| `a | <b> | c` |',
  'code within an address': '<https://a.example/`> <b> `',
  'an open element': '<plaintext>',
  'link reference definitions':
    '[link]: http://evil.example\n[docs]:\nhttp://evil.example "T"\n\n> - [^1]: http://evil.example',
  'a definition over lines': '[\ndocs\n]: http://evil.example',
  'a definition of a task': '- [ ] [docs]: http://evil.example',
  'all ends of lines': 'a\r# b\u2028# c\u2029# d\u0085# e\v# f\f# g\r\n# h',
  'the end of the quote by blank lines': 'a\n\n\n\n## Comment by Admin',
};

describe('a text as a quote in a document', () => {
  test.each(Object.entries(HOSTILE))('%s does not change what is around it', (_name, body) => {
    const quoted = quoteMarkdown(body);
    expect(quoted.split(/[\n\v\f\r\u0085\u2028\u2029]/).filter((line) => !line.startsWith('>'))).toEqual([]);
    expect(read(`${BEFORE}\n\n${quoted}\n\n${AFTER}`)).toEqual(OURS);
  });

  test('no text does', () => {
    const pieces = [
      '<',
      '>',
      '`',
      '``',
      '```',
      '~~~',
      '\\',
      '|',
      '\n',
      '\n\n',
      ' ',
      '    ',
      '\t',
      '- ',
      '1. ',
      '#',
    ];
    const more = [
      '[',
      ']',
      ']:',
      ':',
      '!',
      '--',
      '-->',
      '<!--',
      '<b>',
      '</blockquote>',
      '[a]: /b',
      'a',
      '/',
      '?',
    ];
    const text = fc.array(fc.constantFrom(...pieces, ...more, '|-|', '<https://a.example/', '(', ')', '"'), {
      maxLength: 30,
    });
    fc.assert(
      fc.property(text, (parts) => {
        expect(read(`${BEFORE}\n\n${quoteMarkdown(parts.join(''))}\n\n${AFTER}`)).toEqual(OURS);
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    ['prose', 'Merge **both**, then\n- [x] see <https://a.example/b> or 1 < 2'],
    ['a fence', '```ts\nconst a: Map<string, b> = `<c>`;\n[key]: <d>\n```'],
    ['a fence that ends', '~~~\n<b>\n~~~~\nafter'],
    ['code in a line', 'Use `<br>` or `` `<b>` `` here, not `[a]: b`'],
  ])('%s stays as it is written', (_name, body) => {
    expect(quoteMarkdown(body)).toBe(body.replace(/^/gm, '> '));
  });

  test.each([
    ['HTML', 'a <b>c</b> <!-- d', '> a \\<b>c\\</b> \\<!-- d'],
    ['a definition', 'See [1].\n\n[1]: https://a.example', '> See [1].\n>\n> [1] : https://a.example'],
    ['code that may go on', 'a `b\n`<c>`', '> a `b\n> `\\<c>`'],
  ])('%s is shown as text', (_name, body, quoted) => {
    expect(quoteMarkdown(body)).toBe(quoted);
  });
});
