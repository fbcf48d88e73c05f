// One convention for the names of fields, so that a front-end developer can guess them.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse, visit } from 'graphql';
import { expect, test } from 'vitest';
import { packageRoot } from '../../src/package-root.ts';

/** The names of all fields, arguments and input fields of a scalar type, with the type that declares them. */
function namesOf(scalar: string): string[] {
  const names: string[] = [];
  visit(parse(readFileSync(path.join(packageRoot, 'schema.graphql'), 'utf8')), {
    enter(node, _key, _parent, _path, ancestors) {
      if (node.kind !== 'FieldDefinition' && node.kind !== 'InputValueDefinition') return;
      const type = node.type.kind === 'NonNullType' ? node.type.type : node.type;
      if (type.kind !== 'NamedType' || type.name.value !== scalar) return;
      const above = ancestors.flatMap((one) => ('name' in one && one.name ? [one.name.value] : []));
      names.push([...above, node.name.value].join('.'));
    },
  });
  return names;
}

test.each([
  // hasNextPage is Relay's, and GitHub has viewerHasStarred
  ['Boolean', /\.(is[A-Z]\w*|has[A-Z]\w*|viewerHas[A-Z]\w*|createdAtIsApproximate)$/],
  ['DateTime', /\.(\w+At|createdAfter|createdBefore|now)$/],
  ['URI', /\.(url|\w+Url)$/],
  ['HTML', /\.\w+HTML$/],
])('every %s has a name of the form %s', (scalar, form) => {
  const names = namesOf(scalar);
  expect(names.length).toBeGreaterThan(0);
  expect(names.filter((name) => !form.test(name))).toEqual([]);
});
