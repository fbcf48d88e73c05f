import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Kind, parse } from 'graphql';
import { expect, test } from 'vitest';
import { packageRoot } from '../../src/kit/package-root.ts';
import { filesBelow } from './source-files.ts';

const [, ...sections] = readFileSync(path.join(packageRoot, 'schema.graphql'), 'utf8').split(
  /^# ── (?=\w+ ─)/m,
);
const titled = sections.map((text) => ({
  title: text.slice(0, text.indexOf(' ')),
  text: text.slice(text.indexOf('\n')),
}));

test('the sections of schema.graphql stand in the order of the rooms', () => {
  const [house] = filesBelow('test/house').filter(({ name }) => name.endsWith('/architecture.test.ts'));
  const rooms = /const ROOMS = \[([^\]]*)\]/.exec(house?.text ?? '')?.[1]?.match(/\w+/g) ?? [];
  const titles = titled.map(({ title }) => title);
  expect(titles).toEqual(['Everything', ...rooms.filter((room) => titles.includes(room))]);
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
