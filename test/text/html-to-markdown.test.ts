import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { htmlToMarkdown } from '../../src/text/html-to-markdown.ts';
import { renderMarkdown } from '../../src/text/markdown.ts';

describe('HTML becomes Markdown that renders alike', () => {
  it.each([
    ['paragraphs, however they are wrapped', '<p>One\n  two</p>\n<div>three</div>', 'One two\n\nthree'],
    ['a break', '<p>one<br>two<br/> three</p>', 'one\ntwo\nthree'],
    ['emphasis, with blanks outside', '<p>a<b> b </b><i>c</i> <del>d</del></p>', 'a **b** *c* ~~d~~'],
    ['emphasis within the same emphasis', '<b>a <strong>b</strong></b>', '**a b**'],
    ['elements that HTML does not know', 'a <constructor>b</constructor> <x-y>c</x-y>', 'a b c'],
    ['headings', '<h2>A <em>b</em></h2><h6>c</h6>', '## A *b*\n\n###### c'],
    ['code in a line', '<p><code>a_b*c</code> <kbd>`x`</kbd></p>', '`a_b*c` `` `x` ``'],
    [
      'a block of code with its language',
      '<pre class="lang-ts x"><code>if (a &lt; b) {\n  c();\n}\n</code></pre>',
      '```ts\nif (a < b) {\n  c();\n}\n```',
    ],
    ['code that contains a fence', '<pre>```\nx</pre>', '````\n```\nx\n````'],
    [
      'a link',
      '<a href="https://example.com/a(b)">see *this*</a>',
      '[see \\*this\\*](https://example.com/a%28b%29)',
    ],
    [
      'a link that shows its address',
      '<a href="https://example.com/a_b">https://example.com/a_b</a>',
      '<https://example.com/a_b>',
    ],
    ['a link that is none', '<a href="javascript:alert(1)">x</a> <a href="/y">y</a>', 'x y'],
    [
      'an image',
      '<p><img src="https://example.com/i.png" alt="A [b]"></p>',
      '![A \\[b\\]](https://example.com/i.png)',
    ],
    ['lists in lists', '<ul><li>a<ol start="3"><li>b</li></ol></li><li>c</li></ul>', '- a\n  3. b\n- c'],
    [
      'items of several blocks',
      '<ol><li><p>a</p><pre>b</pre></li><li>c</li></ol>',
      '1. a\n\n   ```\n   b\n   ```\n\n2. c',
    ],
    ['a quote of blocks', '<blockquote><p>a</p><ul><li>b</li></ul></blockquote>', '> a\n>\n> - b'],
    [
      'a table',
      '<table><tr><th>a</th><th>b</th></tr><tr><td>1|2</td></tr></table>',
      '| a | b |\n| --- | --- |\n| 1\\|2 |  |',
    ],
    ['a rule', '<p>a</p><hr><p>b</p>', 'a\n\n---\n\nb'],
    ['a script', '<p>a</p><script>alert(1)</script><style>p{}</style>', 'a'],
    [
      'what begins something else in Markdown',
      '<p># a</p><p>- b</p><p>3. c</p><p>&gt; d</p><p>---</p>',
      '\\# a\n\n\\- b\n\n3\\. c\n\n\\> d\n\n\\---',
    ],
    ['what looks like HTML', '<p>&lt;b&gt; &amp;amp; a &amp; b</p>', '\\<b> \\&amp; a & b'],
    ['nothing', '<p> </p><div><br></div>', ''],
    ['tags that are not closed', '<p>a <b>b<p>c <i>d', 'a **b**\n\nc *d*'],
  ])('%s', (_, html, markdown) => {
    expect(htmlToMarkdown(html)).toBe(markdown);
  });

  it('shows any text as that text', () => {
    const escaped = (text: string) =>
      text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
    const signs = fc.constantFrom(...'\\`*_[]<>()#-+=~|:!&;.1aé字 @"\'{}');
    fc.assert(
      fc.property(fc.string({ unit: signs, maxLength: 40 }), (text) => {
        const { text: shown } = renderMarkdown(htmlToMarkdown(`<p>${escaped(text)}</p>`));
        expect(shown).toBe(text.replaceAll(/ +/g, ' ').trim());
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['elements', '<div>'.repeat(50_000)],
    ['quotes of many lines', `${'<blockquote>'.repeat(5000)}${'a<br>'.repeat(5000)}`],
    ['tables', '<table><tr><td>'.repeat(10_000)],
    ['inline elements', '<a href="x"><b><i>'.repeat(10_000)],
  ])('takes any depth of %s', (_, html) => {
    expect(htmlToMarkdown(`${html}x`)).toContain('x');
  });
});
