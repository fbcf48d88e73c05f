import { readdirSync } from 'node:fs';
import path from 'node:path';
import { Kind, parse } from 'graphql';
import { expect, test } from 'vitest';
import { readModuleSdl } from '../../scripts/module-sdl.ts';
import { modules } from '../../src/api/modules.ts';
import { forumModules } from '../../src/forum/index.ts';
import { packageRoot } from '../../src/package-root.ts';

const sections = await readModuleSdl();

/** Where a module's declaration stands. */
const indexOf = (name: string) =>
  forumModules.some((module) => module.name === name) ? `src/forum/${name}/index.ts` : `src/${name}/index.ts`;

test('every folder of src/forum is a module in the list of src/forum/index.ts', () => {
  const folders = readdirSync(path.join(packageRoot, 'src/forum'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  expect(forumModules.map(({ name }) => name).sort()).toEqual(folders.sort());
});

test('every module has its SDL, those of the forum in the order of src/forum/index.ts', () => {
  const names = sections.map(({ name }) => name);
  expect([...names].sort()).toEqual(['api', ...modules.map(({ name }) => name)].sort());
  const inForum = forumModules.map(({ name }) => name);
  expect(names.filter((name) => inForum.includes(name))).toEqual(inForum);
});

test('the SDL of a module extends a type of another one once, and never its own', () => {
  for (const { file, text } of sections) {
    const { definitions } = parse(text);
    const own = definitions.flatMap((one) =>
      one.kind === Kind.OBJECT_TYPE_DEFINITION ? [one.name.value] : [],
    );
    const extended = definitions.flatMap((one) =>
      one.kind === Kind.OBJECT_TYPE_EXTENSION ? [one.name.value] : [],
    );
    const twice = extended.filter((name, index) => own.includes(name) || extended.indexOf(name) !== index);
    expect(twice, file).toEqual([]);
  }
});

test('every type that implements Node is a node of its module', () => {
  const missing = sections.flatMap(({ name: module, text }) => {
    const nodes = Object.keys(modules.find(({ name }) => name === module)?.nodes ?? {});
    return parse(text).definitions.flatMap((one) => {
      if (one.kind !== Kind.OBJECT_TYPE_DEFINITION && one.kind !== Kind.OBJECT_TYPE_EXTENSION) return [];
      const isNode = one.interfaces?.some((implemented) => implemented.name.value === 'Node');
      const { value: type } = one.name;
      return isNode && !nodes.includes(type) ? [`add ${type} to \`nodes\` in ${indexOf(module)}`] : [];
    });
  });
  expect(missing).toEqual([]);
});
