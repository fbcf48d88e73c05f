import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Kind, parse } from 'graphql';
import { expect, test } from 'vitest';
import { modules } from '../../src/api/modules.ts';
import { forumModules } from '../../src/forum/index.ts';
import { packageRoot } from '../../src/package-root.ts';

const [, ...sections] = readFileSync(path.join(packageRoot, 'schema.graphql'), 'utf8').split(
  /^# ── (?=\w+ ─)/m,
);
const titled = sections.map((text) => ({
  title: text.slice(0, text.indexOf(' ')),
  text: text.slice(text.indexOf('\n')),
}));

/** Where a module's declaration stands. */
const indexOf = (name: string) =>
  forumModules.some((module) => module.name === name) ? `src/forum/${name}/index.ts` : `src/${name}/index.ts`;

test('every folder of src/forum is a module in the list of src/forum/index.ts', () => {
  const folders = readdirSync(path.join(packageRoot, 'src/forum'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  expect(forumModules.map(({ name }) => name).sort()).toEqual(folders.sort());
});

test('every module has its section of schema.graphql, those of the forum in the order of src/forum/index.ts', () => {
  const titles = titled.map(({ title }) => title);
  expect([...titles].sort()).toEqual(['Everything', ...modules.map(({ name }) => name)].sort());
  const inForum = forumModules.map(({ name }) => name);
  expect(titles.filter((title) => inForum.includes(title))).toEqual(inForum);
});

test('a section extends a type of another section once, and never its own', () => {
  for (const { title, text } of titled) {
    const { definitions } = parse(text);
    const own = definitions.flatMap((one) =>
      one.kind === Kind.OBJECT_TYPE_DEFINITION ? [one.name.value] : [],
    );
    const extended = definitions.flatMap((one) =>
      one.kind === Kind.OBJECT_TYPE_EXTENSION ? [one.name.value] : [],
    );
    const twice = extended.filter((name, index) => own.includes(name) || extended.indexOf(name) !== index);
    expect(twice, title).toEqual([]);
  }
});

test('every type that implements Node is a node of the module of its section', () => {
  const missing = titled.flatMap(({ title, text }) => {
    const nodes = Object.keys(modules.find(({ name }) => name === title)?.nodes ?? {});
    return parse(text).definitions.flatMap((one) => {
      if (one.kind !== Kind.OBJECT_TYPE_DEFINITION && one.kind !== Kind.OBJECT_TYPE_EXTENSION) return [];
      const isNode = one.interfaces?.some((implemented) => implemented.name.value === 'Node');
      const { value: type } = one.name;
      return isNode && !nodes.includes(type) ? [`add ${type} to \`nodes\` in ${indexOf(title)}`] : [];
    });
  });
  expect(missing).toEqual([]);
});
