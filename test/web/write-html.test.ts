import type { ComponentChild, ComponentChildren } from 'preact';
import { describe, expect, test } from 'vitest';
import { Fragment, jsx, writeHtml, writePage } from '../../web/src/http/write-html.ts';
import { Context } from '../../web/src/parts/context.ts';

/** As JSX is compiled. */
const h = (type: unknown, props: object | null, ...children: ComponentChildren[]) =>
  jsx(type as string, {
    ...props,
    ...(children.length > 0 && { children: children.length === 1 ? children[0] : children }),
  }) as unknown as ComponentChild;

test.each<[string, ComponentChild, string]>([
  ['a text', '<b> & "quoted"', '&lt;b> &amp; &quot;quoted&quot;'],
  ['a number', 0, '0'],
  ['nothing', [null, undefined, true, false, ''], ''],
  ['an element', h('p', { class: 'a' }, 'b', h('br', null)), '<p class="a">b<br/></p>'],
  ['a fragment', h(Fragment, null, 'a', [h('i', null, 'b')]), 'a<i>b</i>'],
  ['an attribute', h('a', { href: '"><script>&' }), '<a href="&quot;>&lt;script>&amp;"></a>'],
  [
    'attributes of other types',
    h('input', { required: true, value: 0, hidden: false }),
    '<input required value="0"/>',
  ],
  [
    'states of ARIA',
    h('a', { 'aria-pressed': false, 'aria-busy': true }),
    '<a aria-pressed="false" aria-busy="true"></a>',
  ],
  ['an attribute without a value', h('a', { title: undefined, id: '' }), '<a id=""></a>'],
  ['HTML of the API', h('p', { dangerouslySetInnerHTML: { __html: '<i>a</i>' } }), '<p><i>a</i></p>'],
])('%s', (_name, node, html) => {
  expect(writeHtml(node)).toBe(html);
});

describe('a context', () => {
  const context = new Context<string>();
  const Show = () => h('b', null, context.value ?? 'none');
  const inside = (value: string, ...children: ComponentChild[]) => h(context.Provider, { value }, children);

  test('is seen by the components inside its provider, the nearest first', () => {
    const tree = h(
      Fragment,
      null,
      inside('a', h(Show, null), inside('b', h(Show, null)), h(Show, null)),
      h(Show, null),
    );
    expect(writeHtml(tree)).toBe('<b>a</b><b>b</b><b>a</b><b>none</b>');
  });

  test('ends when a component fails', () => {
    const Fail = () => {
      throw new Error('no');
    };
    expect(() => writeHtml(inside('a', h(Fail, null)))).toThrow('no');
    expect(context.value).toBeNull();
  });
});

describe('a page', () => {
  test.each([
    ['plain', 'plain'],
    ['“quoted” – naïve, 日本語, 😀', '“quoted” – naïve, 日本語, 😀'],
    ['half \ud83d of a pair', 'half \ufffd of a pair'],
  ])('is sent as UTF-8: %j', (html, text) => {
    expect(writePage(html)).toEqual(Buffer.from(`<!doctype html>${text}`));
  });

  test('is the same however long it is and in however many parts it is encoded', () => {
    const items = Array.from({ length: 3000 }, (_, n) => `${n}: ${'日本語 😀 é '.repeat(30)}`);
    const template = ['<li>', '', '</li>'];
    const page = h(
      'ol',
      null,
      items.map((item) => jsx(template, [item]) as unknown as ComponentChild),
    );
    const expected = `<!doctype html><ol>${items.map((item) => `<li>${item}</li>`).join('')}</ol>`;
    expect(writePage(page).equals(Buffer.from(expected))).toBe(true);
  });

  test('can contain a part that a component writes itself', () => {
    const Part = () => h('i', { title: writeHtml(h('b', null, 'c')) });
    expect(String(writePage(h('p', null, 'a', h(Part, null), 'd')))).toBe(
      '<!doctype html><p>a<i title="&lt;b>c&lt;/b>"></i>d</p>',
    );
  });
});
