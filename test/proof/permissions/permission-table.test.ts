import { readFileSync } from 'node:fs';
import path from 'node:path';
import { buildASTSchema, parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { OWN_ROWS } from '../../../scripts/permissions/own-rows.ts';
import type { Row, Things } from '../../../scripts/permissions/row.ts';
import { ROWS } from '../../../scripts/permissions/rows.ts';
import { PERMISSIONS_FILE, permissionsPage, verdictOf } from '../../../scripts/permissions/table.ts';
import { COLUMNS, type Column, type Fixture } from '../../../scripts/permissions/viewers.ts';
import { packageRoot } from '../../../src/package-root.ts';
import { engines } from '../../support/database.ts';
import { type Forum, openForum } from '../../support/forum.ts';
import { dump } from '../dump.ts';
import { addSituation, setUp, type Tokens } from './fixture.ts';

const read = (name: string) => readFileSync(path.join(packageRoot, name), 'utf8');

describe('docs/permissions.md', () => {
  test('is what the rules say (npm run permissions writes it)', () => {
    expect(read(PERMISSIONS_FILE)).toBe(permissionsPage());
  });

  test('has every mutation: one without a line in scripts/permissions gets one', () => {
    const schema = buildASTSchema(parse(read('schema.graphql')));
    const known = new Set([...OWN_ROWS, ...ROWS].map(({ mutation }) => mutation));
    const mutations = Object.keys(schema.getMutationType()?.getFields() ?? {});
    expect(mutations.filter((name) => !known.has(name))).toEqual([]);
  });
});

describe.each(engines)('who may do what on %s', (engine) => {
  let forum: Forum;
  let fixture: Fixture;
  let tokens: Tokens;
  beforeAll(async () => {
    forum = await openForum(engine, 'empty');
    ({ fixture, tokens } = await setUp(forum, COLUMNS));
  });
  afterAll(() => forum.close());

  const tokenOf = (title: string) => [...tokens].find(([column]) => column.title === title)?.[1] ?? '';

  /** What `viewerCan` says before it is tried; null: no field says it. */
  async function said(row: Row, things: Things, token: string | undefined) {
    if (!row.can) return null;
    const type = row.can.of === 'commentId' ? 'Comment' : 'Discussion';
    const { data, errors } = await forum.askWith(
      token as string,
      `query ($id: ID!) { node(id: $id) { ... on ${type} { viewerCan { can: ${row.can.field} { isAllowed code } } } } }`,
      { id: things[row.can.of] },
    );
    expect(errors).toBeUndefined();
    return data.node.viewerCan.can;
  }

  async function tried(row: Row, column: Column, things: Things): Promise<string> {
    const token = tokens.get(column);
    const { isAllowed, code } = verdictOf(row, column);
    const can = await said(row, things, token);
    if (can) expect(can, column.title).toEqual({ isAllowed, code });
    const { errors } = await forum.do(row.mutation, row.input(things), 'clientMutationId', token);
    return errors?.[0]?.extensions.code ?? '✓';
  }

  /** What the columns get: first those that must leave everything as it is, on one scene; then each on its own. */
  async function triedByAll(row: Row): Promise<Record<string, string>> {
    const people = { asker: tokenOf('asker'), author: tokenOf('author') };
    const newScene = () => addSituation(forum, { ...fixture, ...people }, row.situation);
    const cells: Record<string, string> = {};
    const things = await newScene();
    const before = await dump(forum.db);
    for (const column of COLUMNS.filter((one) => !verdictOf(row, one).isAllowed))
      cells[column.title] = await tried(row, column, things);
    expect(await dump(forum.db)).toEqual(before);
    for (const column of COLUMNS.filter((one) => verdictOf(row, one).isAllowed))
      cells[column.title] = await tried(row, column, await newScene());
    return cells;
  }

  test.each(ROWS.map((row) => [`${row.mutation} ${row.what}`.trim(), row.situation, row] as const))(
    '%s, %s: is as the table says, as viewerCan says, and what is refused writes nothing',
    async (_, __, row) => {
      const table = COLUMNS.map((column) => [column.title, verdictOf(row, column).code ?? '✓']);
      expect(await triedByAll(row)).toEqual(Object.fromEntries(table));
    },
  );
});
