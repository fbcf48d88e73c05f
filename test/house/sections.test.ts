import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Kind, parse } from 'graphql';
import { expect, test } from 'vitest';
import { packageRoot } from '../../src/package-root.ts';

/** The order of the sections of the contract. */
const MODULES = ['author', 'account', 'catalog', 'discussion', 'comment', 'related', 'vote'];

const [, ...sections] = readFileSync(path.join(packageRoot, 'schema.graphql'), 'utf8').split(
  /^# ── (?=\w+ ─)/m,
);
const titled = sections.map((text) => ({
  title: text.slice(0, text.indexOf(' ')),
  text: text.slice(text.indexOf('\n')),
}));

test('the sections of schema.graphql stand in the order of the modules', () => {
  const titles = titled.map(({ title }) => title);
  expect(titles).toEqual(['Everything', ...MODULES.filter((name) => titles.includes(name))]);
});

test('a section adds to a type of another section once, and never to its own', () => {
  for (const { title, text } of titled) {
    const { definitions } = parse(text);
    const own = definitions.flatMap((one) =>
      one.kind === Kind.OBJECT_TYPE_DEFINITION ? [one.name.value] : [],
    );
    const added = definitions.flatMap((one) =>
      one.kind === Kind.OBJECT_TYPE_EXTENSION ? [one.name.value] : [],
    );
    const twice = added.filter((name, index) => own.includes(name) || added.indexOf(name) !== index);
    expect(twice, title).toEqual([]);
  }
});
