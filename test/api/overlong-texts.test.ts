import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Answer, type Forum, openForum } from '../support/forum.ts';
import { refusalOf } from '../support/refusal.ts';
import { newcomer } from './identity/account-rows.ts';

/** Normalising it would take half a second. No limit allows it, and a body only by its length. */
const MARKS = '\u0301\u0323'.repeat(60_000);

describe('a text of 120,000 combining marks is refused before it is normalised', () => {
  let forum: Forum;
  let discussionId: string;
  let session: string;
  beforeAll(async () => {
    forum = await openForum('sqlite', 'empty');
    const made = await forum
      .as('mod')
      .do('createDiscussion', { title: 'Is it so?', body: 'Is it?' }, 'discussion { id }');
    discussionId = made.data.createDiscussion.discussion.id;
    session = (await newcomer(forum)).token;
  });
  afterAll(() => forum.close());

  const bad = (field: string) => ({ code: 'BAD_USER_INPUT', field: `input.${field}` });
  const account = { email: 'a@example.com', name: 'A', password: 'a long enough one' };
  const text = { title: 'A title', body: 'A text' };
  const cases: Record<string, readonly [ask: () => Promise<Answer>, refusal: object]> = {
    'a title': [() => mod('createDiscussion', { ...text, title: MARKS }), bad('title')],
    'a body': [() => mod('createDiscussion', { ...text, body: MARKS }), bad('body')],
    'an externalId': [() => mod('createDiscussion', { ...text, externalId: MARKS }), bad('externalId')],
    'a comment': [() => mod('addComment', { discussionId, body: MARKS }), bad('body')],
    'the label of a pin': [() => mod('pinDiscussion', { discussionId, label: MARKS }), bad('label')],
    'the reason for a deletion': [
      () => mod('deleteDiscussion', { discussionId, reason: MARKS }),
      bad('reason'),
    ],
    'the title of a link': [
      () => mod('addRelatedDiscussion', { discussionId, url: 'https://a.b', title: MARKS }),
      bad('title'),
    ],
    'the name of an API key': [
      () => forum.do('createApiKey', { name: MARKS, scopes: ['READ'] }, 'token', session),
      bad('name'),
    ],
    'the name of a tag': [() => mod('createTag', { name: MARKS }), bad('name')],
    'the slug of a tag': [() => mod('createTag', { name: 'A', slug: MARKS }), bad('slug')],
    'an idempotency key': [
      () => mod('createTag', { name: 'A', idempotencyKey: MARKS }),
      bad('idempotencyKey'),
    ],
    'the e-mail address of a new account': [
      () => guest('createAccount', { ...account, email: MARKS }),
      bad('email'),
    ],
    'a new password': [() => guest('createAccount', { ...account, password: MARKS }), bad('password')],
    'a name': [() => guest('createAccount', { ...account, name: MARKS }), bad('name')],
    'a handle': [() => guest('createAccount', { ...account, handle: MARKS }), bad('handle')],
    'an address that signs in': [() => guest('signIn', { ...signIn, email: MARKS }), bad('email')],
    'a password that signs in': [() => guest('signIn', { ...signIn, password: MARKS }), bad('password')],
    'an externalId that is looked up': [
      () => forum.ask('query ($v: String!) { discussion(externalId: $v) { id } }', { v: MARKS }),
      { code: 'NOT_FOUND', field: 'externalId' },
    ],
    'a cursor': [
      () => forum.ask('query ($v: String!) { discussions(after: $v) { nodes { id } } }', { v: MARKS }),
      { code: 'BAD_USER_INPUT', field: 'after' },
    ],
  };
  const signIn = { email: 'a@example.com', password: 'a long enough one' };
  const mod = (mutation: string, input: object) =>
    forum.as('mod').do(mutation, { ...input }, 'clientMutationId');
  const guest = (mutation: string, input: object) => forum.do(mutation, { ...input }, 'clientMutationId');

  test.each(Object.entries(cases))('%s', async (_, [ask, refusal]) => {
    await forum.as('mod').id();
    const normalize = vi.spyOn(String.prototype, 'normalize');
    try {
      expect(refusalOf(await ask())).toEqual(refusal);
      const lengths = normalize.mock.contexts.map((normalized) => String(normalized).length);
      expect(Math.max(0, ...lengths)).toBeLessThan(1_000);
    } finally {
      normalize.mockRestore();
    }
  });

  test('and a preview says by how much it is too long', async () => {
    const query = `query ($input: PreviewDiscussionInput!) { previewDiscussion(input: $input) {
      titleCharactersRemaining bodyCharactersRemaining problems { field } } }`;
    const preview = async (input: object) =>
      (await forum.as('mod').ask(query, { input })).data.previewDiscussion;
    expect(await preview({ title: MARKS, body: 'A' })).toEqual({
      ...{ titleCharactersRemaining: 300 - 120_000, bodyCharactersRemaining: 60_000 - 1 },
      problems: [{ field: 'input.title' }],
    });
    expect(await preview({ title: 'A', body: MARKS })).toEqual({
      ...{ titleCharactersRemaining: 300 - 1, bodyCharactersRemaining: 60_000 - 120_000 },
      problems: [{ field: 'input.body' }],
    });
  });
});
