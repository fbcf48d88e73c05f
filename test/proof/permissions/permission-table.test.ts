import { readFileSync } from 'node:fs';
import path from 'node:path';
import { buildASTSchema, parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { COLUMNS, type Stage } from '../../../scripts/permissions/columns.ts';
import type { Row, Things } from '../../../scripts/permissions/row.ts';
import { ROWS } from '../../../scripts/permissions/rows.ts';
import { PERMISSIONS_FILE, permissionsPage, verdictOf } from '../../../scripts/permissions/table.ts';
import { packageRoot } from '../../../src/kit/package-root.ts';
import { engines } from '../../kit/database.ts';
import { type Forum, openForum } from '../../kit/forum.ts';
import { dump } from '../dump.ts';
import { setScene, setUp, type Tokens } from './stage.ts';

/** About oneself, whoever one is: what they refuse with is not a question of roles. */
const ONES_OWN = [
  ...['createAccount', 'signIn', 'signOut', 'revokeSession', 'changePassword', 'requestPasswordReset'],
  ...['resetPassword', 'requestEmailConfirmation', 'confirmEmail', 'createApiKey', 'revokeApiKey'],
  ...['updateAuthor', 'setAuthorRole'],
];

const read = (name: string) => readFileSync(path.join(packageRoot, name), 'utf8');

describe('docs/permissions.md', () => {
  test('is what the rules say (npm run permissions writes it)', () => {
    expect(read(PERMISSIONS_FILE)).toBe(permissionsPage());
  });

  test('has every mutation: one without a line in scripts/permissions gets one', () => {
    const schema = buildASTSchema(parse(read('schema.graphql')));
    const known = new Set([...ONES_OWN, ...ROWS.map(({ mutation }) => mutation)]);
    const mutations = Object.keys(schema.getMutationType()?.getFields() ?? {});
    expect(mutations.filter((name) => !known.has(name))).toEqual([]);
  });
});

describe.each(engines)('who may do what on %s', (engine) => {
  let forum: Forum;
  let stage: Stage;
  let tokens: Tokens;
  beforeAll(async () => {
    forum = await openForum(engine, 'empty');
    ({ stage, tokens } = await setUp(forum, COLUMNS));
  });
  afterAll(() => forum.close());

  const tokenOf = (title: string) => [...tokens].find(([column]) => column.title === title)?.[1] ?? '';

  /** What `viewerCan` says before it is tried; null: no field says it. */
  async function said(row: Row, things: Things, token: string | undefined) {
    if (!row.can) return null;
    const type = row.can.of === 'commentId' ? 'Comment' : 'Discussion';
    const { data, errors } = await forum.askWith(
      token as string,
      `query ($id: ID!) { node(id: $id) { ... on ${type} { viewerCan { can: ${row.can.field} { allowed code } } } } }`,
      { id: things[row.can.of] },
    );
    expect(errors).toBeUndefined();
    return data.node.viewerCan.can;
  }

  /** What the columns get, one after the other. A scene stands until somebody changes it. */
  async function triedByAll(row: Row): Promise<Record<string, string>> {
    const people = { asker: tokenOf('asker'), author: tokenOf('author') };
    const cells: Record<string, string> = {};
    let scene: { readonly things: Things; readonly rows: unknown } | null = null;
    for (const column of COLUMNS) {
      if (!scene) {
        const things = await setScene(forum, { ...stage, ...people }, row.situation);
        scene = { things, rows: await dump(forum.db) };
      }
      const token = tokens.get(column);
      const { allowed, code } = verdictOf(row, column);
      const can = await said(row, scene.things, token);
      if (can) expect(can, column.title).toEqual({ allowed, code });
      const { errors } = await forum.do(row.mutation, row.input(scene.things), 'clientMutationId', token);
      cells[column.title] = errors?.[0]?.extensions.code ?? '✓';
      if (errors) expect(await dump(forum.db), column.title).toEqual(scene.rows);
      else scene = null;
    }
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
