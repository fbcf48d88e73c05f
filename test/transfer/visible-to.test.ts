import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engines } from '../support/database.ts';
import { type Forum, openForum } from '../support/forum.ts';
import { done, exported, recordsIn } from './transfers.ts';

const ADDRESS = 'ada@private.example';
const PASSWORD = 'a long and private password 7';

describe.each(engines)('an export of %s', (engine) => {
  let forum: Forum;
  let tokens: string[];

  beforeAll(async () => {
    forum = await openForum(engine, 'empty');
    const [mod, ada, ben] = [forum.as('mod'), forum.as('ada'), forum.as('ben')];
    const account = await forum.do(
      'createAccount',
      { email: ADDRESS, password: PASSWORD, name: 'Account of Ada' },
      'token',
    );
    expect(account.errors).toBeUndefined();
    const ask = async (title: string) =>
      (await done(ada, 'createDiscussion', { title, body: 'Text' }, 'discussion { id }')).createDiscussion
        .discussion.id;
    const say = async (discussionId: string, body: string, replyToId?: string) =>
      (await done(ben, 'addComment', { discussionId, body, replyToId }, 'comment { id }')).addComment.comment
        .id;
    const open = await ask('An open question');
    const gone = await ask('gone-title');
    await say(gone, 'gone-below');
    const pair = { discussionId: open, relatedDiscussionId: gone };
    await done(mod, 'addRelatedDiscussion', pair, 'discussion { id }');
    const renamed = await ask('Title at first');
    const link = { discussionId: open, relatedDiscussionId: renamed };
    await done(mod, 'addRelatedDiscussion', link, 'discussion { id }');
    const title = 'Title at last';
    await done(ada, 'updateDiscussion', { discussionId: renamed, title }, 'discussion { id }');
    const external = { url: 'https://old.example/q/7', title: 'Asked elsewhere' };
    await done(mod, 'addRelatedDiscussion', { discussionId: open, ...external }, 'discussion { id }');
    const adopted = await ask(external.title);
    await done(mod, 'deleteDiscussion', { discussionId: adopted }, 'deletedDiscussionId');
    const top = await say(open, 'gone-tombstone');
    await say(open, 'A reply that stays', top);
    const lone = await say(open, 'gone-lone');
    const edited = await say(open, 'redacted-wording');
    await done(ben, 'updateComment', { commentId: edited, body: 'A better wording' }, 'comment { id }');
    await done(mod, 'redactCommentRevision', { commentId: edited, revision: 1 }, 'comment { id }');
    await done(ada, 'setVote', { subjectId: edited, direction: 'UP' }, 'subject { id }');
    await done(ada, 'addBookmark', { discussionId: open }, 'discussion { id }');
    const draft = { discussionId: open, body: 'unfinished-words' };
    await done(ada, 'saveDraft', draft, 'draftEdge { cursor }');
    for (const commentId of [top, lone])
      await done(mod, 'deleteComment', { commentId, reason: 'gone-reason' }, 'comment { id }');
    await done(mod, 'deleteDiscussion', { discussionId: gone, reason: 'gone-reason' }, 'deletedDiscussionId');
    tokens = [await ada.token(), account.data.createAccount.token];
  });

  afterAll(() => forum.close());

  test.each(['guest', 'member', 'moderator', 'admin'] as const)(
    'as %s holds nothing that accounts keep',
    async (role) => {
      const text = await exported(forum.databaseUrl, role);
      expect(tokens).toHaveLength(2);
      for (const secret of [ADDRESS, PASSWORD, '$argon2', 'redacted-wording', 'unfinished-words', ...tokens])
        expect(text).not.toContain(secret);
      const members = new Set(recordsIn(text).flatMap((record) => Object.keys(record)));
      for (const name of ['email', 'passwordHash', 'hash', 'token', 'bookmarks', 'drafts'])
        expect(members).not.toContain(name);
    },
  );

  test.each(['guest', 'member'] as const)(
    'as %s shows no deleted text, no reason and no vote of an author',
    async (role) => {
      const text = await exported(forum.databaseUrl, role);
      expect(text).not.toContain('gone-');
      const records = recordsIn(text);
      expect(records.filter(({ type }) => type === 'discussion').map(({ title }) => title)).toEqual([
        'An open question',
        'Title at last',
      ]);
      const comments = records.filter(({ type }) => type === 'comment');
      expect(comments.map(({ body }) => body).sort()).toEqual(['', 'A better wording', 'A reply that stays']);
      const tombstone = comments.find(({ body }) => body === '');
      expect(Object.keys(tombstone ?? {}).sort()).toEqual([
        'body',
        'createdAt',
        'deletedAt',
        'discussion',
        'key',
        'type',
      ]);
      expect(tombstone?.['deletedAt']).toBe(tombstone?.['createdAt']);
      expect(comments.find(({ body }) => body === 'A better wording')?.['importedNetVotes']).toBe(1);
      expect(records.some(({ type }) => type === 'vote')).toBe(false);
    },
  );

  test.each(['guest', 'member'] as const)('as %s has the links that pages show', async (role) => {
    const records = recordsIn(await exported(forum.databaseUrl, role));
    const links = records.filter(({ type }) => type === 'link');
    const shown = await forum.ask(
      '{ discussion(slug: "an-open-question") { relatedDiscussions { title url discussion { id } } } }',
    );
    const { relatedDiscussions } = shown.data.discussion;
    expect(relatedDiscussions.map(({ title }: { title: string }) => title)).toEqual([
      'Title at last',
      'Asked elsewhere',
    ]);
    expect(links).toMatchObject([
      { title: 'Title at last', target: relatedDiscussions[0].discussion.id.slice(2) },
      { title: 'Asked elsewhere', url: relatedDiscussions[1].url },
    ]);
    expect(links[1]).not.toHaveProperty('target');
  });

  test('as moderator shows what was deleted and why, but not who voted', async () => {
    const text = await exported(forum.databaseUrl, 'moderator');
    for (const hidden of ['gone-title', 'gone-below', 'gone-tombstone', 'gone-lone', 'gone-reason'])
      expect(text).toContain(hidden);
    expect(recordsIn(text).some(({ type }) => type === 'vote')).toBe(false);
  });

  test('as admin shows who voted', async () => {
    const records = recordsIn(await exported(forum.databaseUrl, 'admin'));
    expect(records.filter(({ type }) => type === 'vote')).toHaveLength(1);
  });
});
