import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { transform } from 'esbuild';
import { expect, test } from 'vitest';
import { webRoot } from '../../web/scripts/paths.ts';
import { precompile } from '../../web/scripts/precompile.ts';
import { Fragment, jsx, writeHtml } from '../../web/src/http/write-html.ts';

/** The scope of the snippets. */
const scope = {
  ...{ jsx, jsxs: jsx, Fragment, raw: '<i>&</i>', text: 'a "b" <c> &', none: null, no: false, yes: true },
  ...{
    more: { id: 'x', title: '<' },
    list: ['a', '<b>'],
    Box: ({ children }: { children: unknown }) => children,
  },
};

/** The HTML of a module whose value is an element. */
function htmlOf(code: string): string {
  const body = code.replace(/^import .*$/gm, '').replace('export default', 'return');
  const names = Object.keys(scope);
  return writeHtml(new Function(...names, body)(...Object.values(scope)));
}

test.each([
  '<p class="a" id={text} title={none} hidden={no}>{text}</p>',
  '<input type="text" required disabled={yes} value={0} aria-pressed={no} aria-busy data-x={yes} tabIndex={-1} />',
  '<div>\n  one\n  {text} two{" "}\n  <br />\n  &amp; &lt;b&gt; &middot; {"<"}{1}{true}{null}\n</div>',
  "<ul>{list.map((one) => <li key={one} class={'is-' + one}>{one}<b>{list.length}</b></li>)}</ul>",
  '<div {...more}><p {...more} class="a">{text}</p></div>',
  '<div><Box><b>{text}</b>{no && <i>{text}</i>}{yes && <u>{text}</u>}</Box></div>',
  '<><p>{text}</p>{text}<></></>',
  '<div dangerouslySetInnerHTML={{ __html: raw }} />',
  "<div class={`a`} data-y={'b' + text}>{`<`}</div>",
  '<p>{[...list]}{[text, <b>x</b>]}</p>',
  '<textarea rows={4}></textarea>',
  '<svg><use href="#a" /></svg>',
  '<p />',
  '<Box>{list.map((text) => <p>{{ text }.text}</p>)}</Box>',
])('an element is written by the build as it would be written in the page: %s', async (source) => {
  const module = `export default ${source};`;
  const options = { loader: 'tsx', jsx: 'automatic', jsxImportSource: 'preact' } as const;
  const plain = htmlOf((await transform(module, options)).code);
  const written = await precompile(module, 'snippet.tsx');
  expect(htmlOf(written)).toBe(plain);
});

test('the elements of HTML inside each other are one template', async () => {
  const code = await precompile(
    'export default <p class="a">x <b id={text}>{text}</b> &lt;</p>;',
    'snippet.tsx',
  );
  expect(code).toContain('const template1 = ["<p class=\\"a\\">x <b","id",">","","</b> &lt;</p>"];');
  expect(code).toContain('{ type: template1, props: [text, text] }');
  expect(code).not.toContain('jsx(');
});

test('the pages have no element of HTML that the build does not write, unless its attributes are spread', async () => {
  const names = await readdir(path.join(webRoot, 'src'), { recursive: true });
  const files = names.filter((name) => name.endsWith('.tsx')).map((name) => path.join(webRoot, 'src', name));
  expect(files.length).toBeGreaterThan(50);
  const missed: string[] = [];
  for (const file of files) {
    const code = await precompile(await readFile(file, 'utf8'), file);
    for (const [call] of code.matchAll(/\bjsxs?\d*\("[^"]+", (?!\{[^{}]*\.\.\.).{30}/gs))
      missed.push(`${file}: ${call}`);
  }
  expect(missed).toEqual([]);
});

test('an error of the build names the file', async () => {
  await expect(precompile('export default <p>', 'src/parts/odd.tsx')).rejects.toThrow('src/parts/odd.tsx:1:');
});
