import { describe, expect, test } from 'vitest';
import { renderMarkdown } from '../../src/text/markdown.ts';

const REL = 'rel="nofollow ugc noopener noreferrer"';

describe('what a writer can do', () => {
  test.each([
    [
      'paragraphs and line ends',
      'one\ntwo\n\nthree',
      '<p>one<br />\ntwo</p>\n<p>three</p>',
      'one\ntwo\nthree',
    ],
    ['emphasis', '*a* **b** ~~c~~', '<p><em>a</em> <strong>b</strong> <s>c</s></p>', 'a b c'],
    ['a heading', '## Why', '<h2>Why</h2>', 'Why'],
    ['a list', '3. a\n4. b', '<ol start="3">\n<li>a</li>\n<li>b</li>\n</ol>', 'a\nb'],
    ['code', '```js\na < b;\n\nc\n```', '<pre><code>a &lt; b;\n\nc\n</code></pre>', 'a < b;\n\nc'],
    ['a quotation', '> a', '<blockquote>\n<p>a</p>\n</blockquote>', 'a'],
    ['entities', 'a &amp; b &copy;', '<p>a &amp; b ©</p>', 'a & b ©'],
    ['a link', '[a](https://b.example)', `<p><a href="https://b.example" ${REL}>a</a></p>`, 'a'],
    [
      'a bare address',
      'see https://b.example.',
      `<p>see <a href="https://b.example" ${REL}>https://b.example</a>.</p>`,
      'see https://b.example.',
    ],
    ['file names, which are no links', 'run main.rs', '<p>run main.rs</p>', 'run main.rs'],
    ['nothing', '', '', ''],
  ])('%s', (_, source, html, text) => {
    expect(renderMarkdown(source)).toEqual({ html, text });
  });

  test('the plain text of a table goes row by row', () => {
    expect(renderMarkdown('|a|b|\n|-|:-:|\n|1|2|').text).toBe('a b\n1 2');
  });
});

describe('reading sends no request to a host that a writer chose', () => {
  test('an image is a link to it', () => {
    expect(renderMarkdown('![cat](https://b.example/cat.png)')).toEqual({
      html: `<p><a href="https://b.example/cat.png" ${REL}>cat</a></p>`,
      text: 'cat',
    });
  });

  test('an image without a description shows its address', () => {
    expect(renderMarkdown('![](https://b.example/c.png)').text).toBe('https://b.example/c.png');
  });

  test('an image inside a link is the text of that link', () => {
    expect(renderMarkdown('[![cat](https://b.example/c.png)](https://c.example)').html).toBe(
      `<p><a href="https://c.example" ${REL}>cat</a></p>`,
    );
  });
});

describe('nothing that a writer sends is executed in a reader’s browser', () => {
  const TAGS =
    /^<\/?(?:p|br|hr|h[1-6]|blockquote|pre|code|ul|ol|li|em|strong|s|a|table|thead|tbody|tr|th|td)[ />]/;
  test.each([
    ['a script element', '<script>act()</script>'],
    ['an upper-case and broken script element', '<SCRIPT SRC=//b.example/x.js'],
    ['an event handler', '<img src=x onerror=act()>'],
    ['an event handler behind a slash', '<svg/onload=act()>'],
    ['a frame', '<iframe srcdoc="<script>act()</script>"></iframe>'],
    ['an object with data', '<object data="data:text/html;base64,PHNjcmlwdD4="></object>'],
    [
      'a style with a request',
      '<style>@import "//b.example";</style><p style="background:url(//b.example)">',
    ],
    ['a form', '<form action="//b.example"><button formaction="javascript:act()">'],
    ['a base address', '<base href="//b.example/"><meta http-equiv="refresh" content="0;url=//b.example">'],
    ['a comment that closes early', '<!--><img src=x onerror=act()>-->'],
    ['foreign content that is parsed twice', '<math><mtext><table><mglyph><style><img src=x onerror=act()>'],
    ['a javascript link', '[a](javascript:act())'],
    ['a javascript link in disguise', '[a](JaVa&#115;cript&colon;act()) [b](&#x6A;avascript:act())'],
    ['a javascript link with a tab', '[a](java\tscript:act()) [b](\u0001javascript:act())'],
    ['a javascript link in angle brackets', '<javascript:act()> [a](<javascript:act()>)'],
    ['a javascript link by reference', '[a]\n\n[a]: javascript:act()'],
    ['a javascript image', '![a](javascript:act())'],
    ['data and vbscript', '[a](data:text/html,<script>act()</script>) [b](vbscript:act())'],
    ['a quotation mark in an address', '[a](https://b.example/"onmouseover="act())'],
    ['a quotation mark in a title', '[a](https://b.example \'" onmouseover="act()\')'],
    ['HTML in code', '`<script>act()</script>`\n\n    <script>act()</script>'],
    ['HTML in an info string', '```"><script>act()</script>\nx\n```'],
    ['an address of another host without a scheme', '[a](//b.example) ![b](//b.example/x.png)'],
  ])('%s', (_, source) => {
    const { html } = renderMarkdown(source);
    for (const tag of html.match(/<[^>]*>?/g) ?? []) {
      expect(tag).toMatch(TAGS);
      const attributes = [...tag.matchAll(/\s([^\s=]+)="([^"]*)"/g)].map(([, name, value]) => ({
        name,
        value,
      }));
      expect(tag.replaceAll(/\s[^\s=]+="[^"]*"/g, '')).toMatch(/^<\/?[a-z0-9]+ ?\/?>$/);
      for (const { name, value } of attributes) {
        expect(['href', 'title', 'rel', 'start']).toContain(name);
        if (name === 'href') expect(value).toMatch(/^(?:https?|mailto):/);
      }
    }
  });

  test('the text of an attack remains readable', () => {
    expect(renderMarkdown('<script>act()</script>').text).toBe('<script>act()</script>');
  });
});
