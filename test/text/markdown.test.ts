import { describe, expect, test } from 'vitest';
import { handlesIn, renderMarkdown } from '../../src/text/markdown.ts';

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
    [
      'code',
      '```js\na < b;\n\nc\n```',
      '<pre><code class="language-js">a &lt; b;\n\nc\n</code></pre>',
      'a < b;\n\nc',
    ],
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

  test.each([
    ['c++', 'language-c++'],
    ['objective-c title="x"', 'language-objective-c'],
    ['C#', 'language-C#'],
  ])('code in "%s" has the class %s', (info, name) => {
    expect(renderMarkdown(`~~~${info}\nx\n~~~`).html).toBe(`<pre><code class="${name}">x\n</code></pre>`);
  });

  test.each(['a"b', 'a<b>', 'ä', `${'x'.repeat(41)}`])('code in "%s" has no class', (info) => {
    expect(renderMarkdown(`~~~${info}\nx\n~~~`).html).toBe('<pre><code>x\n</code></pre>');
  });

  test('columns of a table are aligned', () => {
    const { html } = renderMarkdown('|a|b|c|d|\n|-|:-|:-:|-:|\n|1|2|3|4|');
    expect(html.match(/<t[hd]\b[^>]*>/g)).toEqual([
      ...[
        '<th>',
        '<th style="text-align:left">',
        '<th style="text-align:center">',
        '<th style="text-align:right">',
      ],
      ...[
        '<td>',
        '<td style="text-align:left">',
        '<td style="text-align:center">',
        '<td style="text-align:right">',
      ],
    ]);
  });

  test('tasks are checkboxes that nobody can change', () => {
    const { html, text } = renderMarkdown('- [ ] open\n- [x] **done**\n  - [X] below\n- [] none\n- [ ]');
    expect(html.match(/<input[^>]*>/g)).toEqual([
      '<input type="checkbox" disabled />',
      '<input type="checkbox" disabled checked />',
      '<input type="checkbox" disabled checked />',
    ]);
    expect(html).toContain('<li><input type="checkbox" disabled /> open</li>');
    expect(text.split('\n').slice(0, 3)).toEqual(['[ ] open', '[x] done', '[X] below']);
    expect(renderMarkdown('[x] no list').html).toBe('<p>[x] no list</p>');
  });

  test.each([
    ['これは**「重要」**です', 'これは<strong>「重要」</strong>です'],
    ['**마크다운(Markdown)**을', '<strong>마크다운(Markdown)</strong>을'],
    ['这是**“重要”**的。', '这是<strong>“重要”</strong>的。'],
    ['請看**設定。**謝謝', '請看<strong>設定。</strong>謝謝'],
    ['これは*(注)*です', 'これは<em>(注)</em>です'],
    ['これは~~「誤り」~~です', 'これは<s>「誤り」</s>です'],
    ['これは** 違う **です', 'これは** 違う **です'],
    ['2**3 and a_b_c', '2**3 and a_b_c'],
  ])('emphasis beside East Asian letters: %s', (source, html) => {
    expect(renderMarkdown(source).html).toBe(`<p>${html}</p>`);
  });

  test.each([
    '请@ada看一下',
    'これは@adaさんの質問です',
    '＠ada',
    '안녕@ada님',
    '「@ada」',
    '@ada。',
    'ハロー＠ada、',
  ])('%s mentions ada', (source) => {
    const mentioned = new Map([['ada', { authorId: '1', globalId: 'A_1' }]]);
    expect(handlesIn(source)).toEqual(['ada']);
    expect(renderMarkdown(source, mentioned).html).toMatch(/<span data-author="A_1">[@＠]ada<\/span>/);
  });

  test.each(['me@ada', 'é@ada', '@ada@b', '@adaé', 'x/@ada', 'ада@ada', '@ada.b'])(
    '%s mentions nobody',
    (source) => {
      const mentioned = new Map([['ada', { authorId: '1', globalId: 'A_1' }]]);
      expect(renderMarkdown(source, mentioned).html).not.toContain('data-author');
    },
  );

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

const HOSTS = ['images.example', 'cdn.example:8443'];
const shown = (src: string, alt: string) =>
  `<img src="${src}" alt="${alt}" loading="lazy" referrerpolicy="no-referrer" />`;

describe('with hosts of images that the operator allows', () => {
  const html = (source: string) => renderMarkdown(source, new Map(), HOSTS).html;

  test('an image from one of them is shown, lazily and without a referrer', () => {
    expect(renderMarkdown('![a *cat*](https://images.example/c.png "t")', new Map(), HOSTS)).toEqual({
      html: `<p>${shown('https://images.example/c.png', 'a cat')}</p>`,
      text: 'a *cat*',
    });
    expect(html('![](https://cdn.example:8443/c%20d.svg?x=1&y=2)')).toBe(
      `<p>${shown('https://cdn.example:8443/c%20d.svg?x=1&amp;y=2', '')}</p>`,
    );
    expect(html('[![cat](https://images.example/c.png)](https://c.example)')).toBe(
      `<p><a href="https://c.example" ${REL}>${shown('https://images.example/c.png', 'cat')}</a></p>`,
    );
    expect(html('![" onerror="act()](https://IMAGES.example/c.png)')).toBe(
      `<p>${shown('https://images.example/c.png', '&quot; onerror=&quot;act()')}</p>`,
    );
  });

  test.each([
    'http://images.example/c.png',
    'https://b.example/c.png',
    'https://images.example.b.example/c.png',
    'https://x.images.example/c.png',
    'https://images.example:444/c.png',
    'https://cdn.example/c.png',
    'https://me@images.example/c.png',
    'https://images.example@b.example/c.png',
    'https://b.example/?https://images.example/c.png',
    'https://b.example\\@images.example/c.png',
    'data:image/svg+xml,<svg onload=act()>',
    '//images.example/c.png',
    'javascript:act()',
    'mailto:a@images.example',
  ])('an image at %s is not', (address) => {
    for (const source of [`![a](${address})`, `![a](<${address}>)`, `![a]\n\n[a]: ${address}`])
      expect(html(source)).not.toContain('<img');
  });

  test('HTML of an image stays text, and too many images become text', () => {
    expect(html('<img src="https://images.example/c.png">')).not.toContain('<img');
    const many = `![a][x] `.repeat(19_000);
    const long = html(`${many}\n\n[x]: https://images.example/${'c'.repeat(300)}`);
    expect(long.match(/<img/g)?.length).toBeLessThan(1000);
    expect(long.length).toBeLessThan(1_000_000);
  });
});

describe.each([
  ['', []],
  [', with hosts of images', ['b.example', 'images.example']],
])('nothing that a writer sends is executed in a reader’s browser%s', (_name, hosts) => {
  const TAGS =
    /^<\/?(?:img|p|br|hr|h[1-6]|blockquote|pre|code|ul|ol|li|em|strong|s|a|table|thead|tbody|tr|th|td)[ />]/;
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
    const { html } = renderMarkdown(source, new Map(), hosts);
    for (const tag of html.match(/<[^>]*>?/g) ?? []) {
      expect(tag).toMatch(TAGS);
      const attributes = [...tag.matchAll(/\s([^\s=]+)="([^"]*)"/g)].map(([, name, value]) => ({
        name,
        value,
      }));
      expect(tag.replaceAll(/\s[^\s=]+="[^"]*"/g, '')).toMatch(/^<\/?[a-z0-9]+ ?\/?>$/);
      for (const { name, value } of attributes) {
        expect(['href', 'title', 'rel', 'start', 'src', 'alt', 'loading', 'referrerpolicy']).toContain(name);
        if (name === 'src') expect(value).toMatch(/^https:\/\/b\.example\//);
        if (name === 'href') expect(value).toMatch(/^(?:https?|mailto):/);
      }
    }
  });

  test('the text of an attack remains readable', () => {
    expect(renderMarkdown('<script>act()</script>').text).toBe('<script>act()</script>');
  });
});
