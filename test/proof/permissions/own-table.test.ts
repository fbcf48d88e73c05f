// The cells of docs/permissions.md that are about accounts: what is asked with, and not which role, makes the difference.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  OWN_COLUMNS,
  OWN_ROWS,
  type OwnColumn,
  type OwnRow,
  type OwnThings,
  ownVerdictOf,
} from '../../../scripts/permissions/own-rows.ts';
import { DEFAULT_CLAIMS, openExternalIdentities } from '../../../src/identity/index.ts';
import { newId } from '../../../src/store/ids.ts';
import { newcomer, PASSWORD } from '../../api/identity/account-rows.ts';
import { engines } from '../../support/database.ts';
import { type Forum, openForum } from '../../support/forum.ts';
import { CLAIMS, signShared, UNLOGGED } from '../../support/identity-provider.ts';
import { dump } from '../dump.ts';

const SECRET = new TextEncoder().encode('a secret of thirty-two characters');
const PROVIDER = {
  ...{ issuer: CLAIMS.iss ?? '', audiences: [String(CLAIMS.aud)], jwksUrls: [], jwks: null },
  ...{ secrets: [SECRET], algorithms: ['HS256'], clockToleranceSeconds: 0, claims: DEFAULT_CLAIMS },
};

interface Scene {
  readonly things: OwnThings;
  readonly tokenOf: (column: OwnColumn) => string | undefined;
}

describe.each(engines)('who may do what about accounts on %s', (engine) => {
  let forum: Forum;
  let scenes = 0;
  beforeAll(async () => {
    const externalIdentities = await openExternalIdentities(PROVIDER, newId, UNLOGGED);
    forum = await openForum(engine, 'empty', {}, { externalIdentities });
  });
  afterAll(() => forum.close());

  const makeKey = async (token: string, scope: string) => {
    const input = { name: 'a program', scopes: [scope] };
    const { data } = await forum.do('createApiKey', input, 'token apiKey { id }', token);
    const { token: key, apiKey } = data.createApiKey;
    return { key: key as string, id: apiKey.id as string };
  };

  /** Somebody who asks, by each credential, and somebody else: new ones, so that nothing is there of another try. */
  async function newScene(column: OwnColumn): Promise<Scene> {
    const [me, other] = [await newcomer(forum), await newcomer(forum)];
    const external = await signShared(SECRET, { sub: `user ${++scenes}` });
    const [writing, reading] = [await makeKey(me.token, 'WRITE'), await makeKey(me.token, 'READ')];
    const mine = await makeKey(column.credential === 'EXTERNAL_TOKEN' ? external : me.token, 'READ');
    const again = await forum.do('signIn', { email: me.email, password: PASSWORD }, 'session { id }');
    await forum.do('requestPasswordReset', { email: other.email }, 'clientMutationId');
    const emails = (await forum.emails()).filter(({ to }) => to === other.email);
    const saveDraft = async (token: string): Promise<string> => {
      const saved = await forum.do('saveDraft', { body: 'B' }, 'draftEdge { node { id } }', token);
      return saved.data.saveDraft.draftEdge.node.id;
    };
    const tokenIn = (path: string) => emails.find(({ text }) => text.includes(path))?.token ?? '';
    const keys = {
      API_KEY: column.canWrite ? writing.key : reading.key,
      SESSION: me.token,
      EXTERNAL_TOKEN: external,
    };
    return {
      things: {
        ...{ email: other.email, freeEmail: `nobody-yet-${scenes}@example.com`, password: PASSWORD },
        ...{ confirmation: tokenIn('/confirm-email'), reset: tokenIn('/reset-password') },
        ...{ sessionId: again.data.signIn.session.id, apiKeyId: mine.id },
        ...{ sessionIdOfOther: other.sessionId, apiKeyIdOfOther: (await makeKey(other.token, 'READ')).id },
        draftId: await saveDraft(column.credential === 'EXTERNAL_TOKEN' ? external : me.token),
        draftIdOfOther: await saveDraft(other.token),
      },
      tokenOf: ({ credential }) => (credential ? keys[credential] : undefined),
    };
  }

  /** The result for a column. A refusal must leave every row unchanged and send no e-mail. */
  async function tried(row: OwnRow, column: OwnColumn): Promise<string> {
    const { things, tokenOf } = await newScene(column);
    const all = async () => [await forum.emails(), await dump(forum.db)];
    const before = await all();
    const { errors } = await forum.do(row.mutation, row.input(things), 'clientMutationId', tokenOf(column));
    if (!errors) return '✓';
    expect(await all(), column.title).toEqual(before);
    return errors[0]?.extensions.code ?? '';
  }

  test.each(OWN_ROWS.map((row) => [`${row.mutation} ${row.what}`.trim(), row] as const))(
    '%s: is as the table says, and what is refused writes nothing',
    async (_, row) => {
      for (const column of OWN_COLUMNS)
        expect(await tried(row, column), column.title).toBe(ownVerdictOf(row, column).code ?? '✓');
    },
  );
});
