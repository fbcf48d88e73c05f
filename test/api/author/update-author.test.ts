import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { statement } from '../../../src/store/index.ts';
import { engines } from '../../support/database.ts';
import { type Forum, openForum } from '../../support/forum.ts';

const AUTHORS = statement<Record<string, unknown>>(
  'test.authors',
  `SELECT name, handle, title, company, company_segment AS "companySegment", industry, avatar_url AS "avatarUrl",
    role FROM author ORDER BY id`,
);
const DESCRIBED = 'author { name handle jobTitle company companySegment industry avatarUrl }';

describe.each(engines)('updateAuthor on %s', (engine) => {
  let forum: Forum;
  beforeAll(async () => {
    forum = await openForum(engine, 'empty');
    for (const name of ['ada', 'ben', 'mod', 'root', 'vic']) await forum.as(name).token();
  });
  afterAll(() => forum.close());
  const rows = () => forum.db.read.all(AUTHORS, []);

  test('changes what the input has, leaves what it has not, and clears what is null', async () => {
    const ada = forum.as('ada');
    const all = {
      ...{ name: ' Ada Lovelace ', handle: 'lovelace', jobTitle: 'Analyst', company: 'Engines Ltd' },
      ...{ companySegment: 'Small', industry: 'Computing', avatarUrl: 'https://img.example/ada.png' },
    };
    const first = await ada.do('updateAuthor', all, DESCRIBED);
    expect(first.data.updateAuthor.author).toEqual({ ...all, name: 'Ada Lovelace' });
    const second = await ada.do('updateAuthor', { jobTitle: null, industry: 'Sums' }, DESCRIBED);
    expect(second.data.updateAuthor.author).toEqual({
      ...{ ...all, name: 'Ada Lovelace', jobTitle: null, industry: 'Sums' },
    });
    const third = await ada.do('updateAuthor', {}, DESCRIBED);
    expect(third.data.updateAuthor.author).toEqual(second.data.updateAuthor.author);
  });

  test('lets moderators of all categories and admins update others', async () => {
    const authorId = await forum.as('ben').id();
    for (const name of ['mod', 'root']) {
      const { data } = await forum.as(name).do('updateAuthor', { authorId, jobTitle: name }, DESCRIBED);
      expect(data.updateAuthor.author.jobTitle).toBe(name);
    }
  });

  test.each<[string, Record<string, unknown>, string, string]>([
    ['ben', { handle: 'lovelace' }, 'CONFLICT', 'input.handle'],
    ['ben', { handle: 'Ben' }, 'BAD_USER_INPUT', 'input.handle'],
    ['ben', { handle: 'ben-' }, 'BAD_USER_INPUT', 'input.handle'],
    ['ben', { handle: '' }, 'BAD_USER_INPUT', 'input.handle'],
    ['ben', { handle: 'b'.repeat(41) }, 'BAD_USER_INPUT', 'input.handle'],
    ['ben', { name: ' ' }, 'BAD_USER_INPUT', 'input.name'],
    ['ben', { name: 'x'.repeat(101) }, 'BAD_USER_INPUT', 'input.name'],
    ['ben', { name: 'Ben\u202Eneb' }, 'BAD_USER_INPUT', 'input.name'],
    ['ben', { name: 'Ben\u2067neb' }, 'BAD_USER_INPUT', 'input.name'],
    ['ben', { jobTitle: 'one\ntwo' }, 'BAD_USER_INPUT', 'input.jobTitle'],
    ['ben', { jobTitle: 'x'.repeat(151) }, 'BAD_USER_INPUT', 'input.jobTitle'],
    ['ben', { avatarUrl: 'http://img.example/a.png' }, 'BAD_USER_INPUT', 'input.avatarUrl'],
    ['ben', { avatarUrl: 'javascript:alert(1)' }, 'BAD_USER_INPUT', 'input.avatarUrl'],
    ['ben', { avatarUrl: 'data:image/svg+xml,<svg/>' }, 'BAD_USER_INPUT', 'input.avatarUrl'],
    ['ben', { avatarUrl: 'https://me:pw@img.example/a.png' }, 'BAD_USER_INPUT', 'input.avatarUrl'],
    ['ben', { avatarUrl: `https://img.example/${'a'.repeat(2000)}` }, 'BAD_USER_INPUT', 'input.avatarUrl'],
    ['ben', { authorId: 'A_00000000000000000000000000', name: 'x' }, 'NOT_FOUND', 'input.authorId'],
    ['ben', { authorId: 'D_00000000000000000000000000', name: 'x' }, 'NOT_FOUND', 'input.authorId'],
    ['ben', { authorId: 'ada', name: 'x' }, 'FORBIDDEN', 'input.authorId'],
    ['vic', { authorId: 'ada', name: 'x' }, 'FORBIDDEN', 'input.authorId'],
    ['mod', { authorId: 'root', name: 'x' }, 'FORBIDDEN', 'input.authorId'],
  ])('refuses %s %j with %s at %s, and writes nothing', async (name, given, code, field) => {
    const before = await rows();
    const { authorId } = given as { authorId?: string };
    const input =
      authorId && !authorId.includes('_') ? { ...given, authorId: await forum.as(authorId).id() } : given;
    const { errors } = await forum.as(name).do('updateAuthor', input, DESCRIBED);
    expect(errors?.[0]?.extensions).toEqual({ code, field });
    expect(await rows()).toEqual(before);
  });

  test('refuses guests', async () => {
    const before = await rows();
    const { errors } = await forum.ask(
      'mutation { updateAuthor(input: { name: "x" }) { clientMutationId } }',
    );
    expect(errors?.[0]?.extensions).toEqual({ code: 'UNAUTHENTICATED' });
    expect(await rows()).toEqual(before);
  });

  test('gives one handle to one of twenty who want it at once', async () => {
    const people = Array.from({ length: 20 }, (_, n) => forum.as(`racer ${n}`));
    await Promise.all(people.map((person) => person.token()));
    const answers = await Promise.all(
      people.map((person) => person.do('updateAuthor', { handle: 'first' }, DESCRIBED)),
    );
    const refusals = answers.flatMap(({ errors }) => errors ?? []);
    expect(refusals.map(({ extensions }) => extensions)).toEqual(
      Array(19).fill({ code: 'CONFLICT', field: 'input.handle' }),
    );
    expect((await rows()).filter(({ handle }) => handle === 'first')).toHaveLength(1);
  });

  test('does it once under one key', async () => {
    const ben = forum.as('ben');
    const input = { jobTitle: 'Once', idempotencyKey: 'k', clientMutationId: 'c' };
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => ben.do('updateAuthor', input, 'clientMutationId author { jobTitle }')),
    );
    for (const answer of answers)
      expect(answer).toEqual({
        data: { updateAuthor: { clientMutationId: 'c', author: { jobTitle: 'Once' } } },
      });
    await ben.do('updateAuthor', { jobTitle: 'SyncPromise' }, DESCRIBED);
    const repeat = await ben.do('updateAuthor', input, 'author { jobTitle }');
    expect(repeat.data.updateAuthor.author.jobTitle).toBe('SyncPromise');
  });

  test('viewerCan.update says what the mutation does', async () => {
    const query = 'query ($id: ID!) { author(id: $id) { viewerCan { update { isAllowed code } } } }';
    const seen: Record<string, unknown> = {};
    for (const who of ['guest', 'ben', 'ada', 'vic', 'mod', 'root'])
      for (const whom of ['ada', 'root']) {
        const variables = { id: await forum.as(whom).id() };
        const { data } = await (who === 'guest'
          ? forum.ask(query, variables)
          : forum.as(who).ask(query, variables));
        const { update } = data.author.viewerCan;
        seen[`${who} ${whom}`] = update.isAllowed || update.code;
      }
    expect(seen).toEqual({
      ...{ 'guest ada': 'UNAUTHENTICATED', 'guest root': 'UNAUTHENTICATED' },
      ...{ 'ben ada': 'FORBIDDEN', 'ben root': 'FORBIDDEN', 'ada ada': true, 'ada root': 'FORBIDDEN' },
      ...{ 'vic ada': 'FORBIDDEN', 'vic root': 'FORBIDDEN', 'mod ada': true, 'mod root': 'FORBIDDEN' },
      ...{ 'root ada': true, 'root root': true },
    });
  });
});
