import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engines } from '../../support/database.ts';
import { type Answer, type Forum, openForum } from '../../support/forum.ts';
import { refusalOf } from '../../support/refusal.ts';

/** What the answer's one error lists. */
function refusedIn({ errors = [] }: Answer): readonly { code: string; field: string }[] | undefined {
  return JSON.parse(JSON.stringify(errors[0]?.extensions)).problems;
}

describe.each(engines)('texts as people and clients write them, on %s', (engine) => {
  let forum: Forum;
  beforeAll(async () => {
    forum = await openForum(engine, 'empty');
  });
  afterAll(() => forum.close());

  const create = (title: string, body = 'x') =>
    forum.as('ada').do('createDiscussion', { title, body }, 'discussion { id title slug }');

  test('a title is stored without blanks at its ends, and a preview shows it so', async () => {
    const { data } = await create('   Padded \u3000 ');
    expect(data.createDiscussion.discussion).toMatchObject({ title: 'Padded', slug: 'padded' });
    const { id } = data.createDiscussion.discussion;
    const updated = await forum
      .as('ada')
      .do('updateDiscussion', { discussionId: id, title: '\tRenamed\n' }, 'discussion { title }');
    expect(updated.data.updateDiscussion.discussion).toEqual({ title: 'Renamed' });
    const preview = await forum
      .as('ada')
      .ask(
        '{ previewDiscussion(input: { title: "  Padded  ", body: "x" }) { title slug titleCharactersRemaining } }',
      );
    expect(preview.data.previewDiscussion).toEqual({
      title: 'Padded',
      slug: 'padded-2',
      titleCharactersRemaining: 294,
    });
  });

  test.each(['\u2800', '\u2800 \u3164', '\u{1D159}'])('a title of blanks only is refused', async (title) => {
    const refusal = { code: 'BAD_USER_INPUT', field: 'input.title' };
    expect(refusalOf(await create(title))).toMatchObject(refusal);
  });

  test('all invalid texts of a discussion are reported at once, and nothing is written', async () => {
    const problemsOf = async (answer: ReturnType<typeof create>) =>
      refusedIn(await answer)?.map(({ code, field }) => `${code} ${field}`);
    const both = ['BAD_USER_INPUT input.title', 'BAD_USER_INPUT input.body'];
    const count = async () => (await forum.ask('{ discussions { totalCount } }')).data.discussions.totalCount;
    const before = await count();
    expect(await problemsOf(create(' ', ''))).toEqual(both);
    const input = { title: '', body: ' ', externalId: '' };
    expect(await problemsOf(forum.as('ada').do('createDiscussion', input, 'discussion { id }'))).toEqual([
      ...both,
      'BAD_USER_INPUT input.externalId',
    ]);
    expect(await count()).toBe(before);
    const { id } = (await create('Both texts')).data.createDiscussion.discussion;
    const edit = (texts: object) =>
      forum.as('ada').do('updateDiscussion', { discussionId: id, ...texts }, 'discussion { title }');
    expect(await problemsOf(edit({ title: null, body: '' }))).toEqual(both);
    expect(await problemsOf(edit({ body: ' ' }))).toEqual(both.slice(1));
    expect((await edit({})).data.updateDiscussion.discussion).toEqual({ title: 'Both texts' });
  });

  const escaped = (text: string) =>
    text.replaceAll(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
  const units = (text: string) => Array.from({ length: text.length }, (_, i) => text.charAt(i));
  const everyUnit = (text: string) =>
    units(text)
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join('');
  test.each<[string, string, (text: string) => string]>([
    ['44,000 Chinese characters as escapes', '怎'.repeat(44_000), escaped],
    ['the longest text of emoji as escapes', '🙂'.repeat(60_000), everyUnit],
    ['the longest text with each letter as an escape', 'a'.repeat(60_000), everyUnit],
  ])('%s are stored', async (name, text, escaping) => {
    const variables = `{"input":{"title":${JSON.stringify(name)},"body":"${escaping(text)}"}}`;
    const query =
      'mutation ($input: CreateDiscussionInput!) { createDiscussion(input: $input) { discussion { id } } }';
    const body = `{"query":${JSON.stringify(query)},"variables":${variables}}`;
    await expectStored(name, text, body);
  });

  test('the longest text is stored if it stands in the operation, escaped in GraphQL and in JSON', async () => {
    const text = '🙂'.repeat(60_000);
    const query = `mutation { createDiscussion(input: { title: "In the operation", body: "${everyUnit(text)}" }) { discussion { id } } }`;
    await expectStored('In the operation', text, JSON.stringify({ query }));
  });

  async function expectStored(title: string, text: string, body: string): Promise<void> {
    const headers = {
      'content-type': 'application/json',
      authorization: `Bearer ${await forum.as('ada').token()}`,
    };
    const response = await fetch(`${forum.url}/graphql`, { method: 'POST', headers, body });
    expect([response.status, await response.json()]).toMatchObject([200, { data: { createDiscussion: {} } }]);
    const rows = await forum.db.write((tx) => tx.discussion.findMany({ where: { title } }));
    expect(rows.map((row) => row.body === text)).toEqual([true]);
  }
});
