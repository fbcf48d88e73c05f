import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engines } from '../support/database.ts';
import { type Forum, openForum } from '../support/forum.ts';
import { newcomer, PASSWORD } from './identity/account-rows.ts';

const INFO = `{ serverInfo {
  languages maxUploadBytes maxMentions maxCommentLength maxReplyDepth maxBookmarks maxDrafts
  authorLimits { name handle jobTitle company companySegment industry }
  discussionLimits { title body tags externalId pinLabel }
  editWindowSeconds reservedExternalIdPrefixes maxDeletionReasonLength isVotingOnOwnAllowed isVotingWhenLockedAllowed
  isSignUpOpen minPasswordLength maxPasswordLength sessionSeconds externalIssuer } }`;

describe.each(engines)('serverInfo on %s', (engine) => {
  let forum: Forum;
  let info: Record<string, number> & {
    authorLimits: Record<string, number>;
    discussionLimits: Record<string, number>;
  };
  beforeAll(async () => {
    forum = await openForum(engine, 'empty');
    info = (await forum.ask(INFO)).data.serverInfo;
  });
  afterAll(() => forum.close());

  const codeOf = ({ errors }: { errors?: readonly { extensions: { code: string } }[] }) =>
    errors?.[0]?.extensions.code ?? 'OK';
  /** What becomes of a text of the maximum length, and of one that is a character longer. */
  const atLimit = async (
    limit: number | undefined,
    send: (text: string) => Promise<Parameters<typeof codeOf>[0]>,
  ) => {
    expect(limit).toBeGreaterThan(0);
    return [codeOf(await send('x'.repeat(limit ?? 0))), codeOf(await send('x'.repeat((limit ?? 0) + 1)))];
  };
  const EXACT = ['OK', 'BAD_USER_INPUT'];

  test.each(['name', 'handle', 'jobTitle', 'company', 'companySegment', 'industry'])(
    'authorLimits.%s is what updateAuthor accepts',
    async (field) => {
      const send = (text: string) => forum.as('ada').do('updateAuthor', { [field]: text }, 'author { id }');
      expect(await atLimit(info.authorLimits[field], send)).toEqual(EXACT);
    },
  );

  test.each(['title', 'body', 'externalId'])(
    'discussionLimits.%s is what createDiscussion accepts',
    async (field) => {
      const send = (text: string) =>
        forum.as('ada').do('createDiscussion', { title: 'A', body: 'B', [field]: text }, 'discussion { id }');
      expect(await atLimit(info.discussionLimits[field], send)).toEqual(EXACT);
    },
  );

  test('the limits of comments, pins, tags, mentions and passwords are what their mutations accept', async () => {
    const { data } = await forum
      .as('ada')
      .do('createDiscussion', { title: 'A', body: 'B' }, 'discussion { id }');
    const discussionId = data.createDiscussion.discussion.id;
    const comment = (body: string) =>
      forum.as('ben').do('addComment', { discussionId, body }, 'comment { id }');
    expect(await atLimit(info['maxCommentLength'], comment)).toEqual(EXACT);
    const pin = (label: string) =>
      forum.as('mod').do('pinDiscussion', { discussionId, label }, 'discussion { id }');
    expect(await atLimit(info.discussionLimits['pinLabel'], pin)).toEqual(EXACT);
    const commentId = (await comment('B')).data.addComment.comment.id;
    const remove = (reason: string) =>
      forum.as('ben').do('deleteComment', { commentId, reason }, 'clientMutationId');
    expect(await atLimit(info['maxDeletionReasonLength'], remove)).toEqual(EXACT);
    const names = Array.from({ length: (info.discussionLimits['tags'] ?? 0) + 1 }, (_, n) => `tag-${n}`);
    for (const name of names) await forum.as('mod').do('createTag', { name }, 'tag { id }');
    const tag = (tagSlugs: string[]) =>
      forum.as('ada').do('updateDiscussion', { discussionId, tagSlugs }, 'clientMutationId');
    expect([codeOf(await tag(names.slice(1))), codeOf(await tag(names))]).toEqual(EXACT);
    const person = await newcomer(forum);
    const password = (newPassword: string) =>
      forum.do(
        'changePassword',
        { currentPassword: PASSWORD, newPassword },
        'clientMutationId',
        person.token,
      );
    const safe = 'kq7%Zr!x'.repeat(20);
    expect(codeOf(await password(safe.slice(0, (info['minPasswordLength'] ?? 0) - 1)))).toBe(
      'BAD_USER_INPUT',
    );
    expect(codeOf(await password(safe.slice(0, (info['maxPasswordLength'] ?? 0) + 1)))).toBe(
      'BAD_USER_INPUT',
    );
    expect(codeOf(await password(safe.slice(0, info['maxPasswordLength'])))).toBe('OK');
  });

  test('says what the operator has chosen', async () => {
    expect(info).toMatchObject({
      ...{
        languages: ['en'],
        maxUploadBytes: 0,
        maxMentions: 20,
        maxReplyDepth: 10,
        maxBookmarks: 10_000,
        maxDrafts: 100,
      },
      ...{ editWindowSeconds: null, reservedExternalIdPrefixes: ['host:'], isSignUpOpen: true },
      ...{
        isVotingOnOwnAllowed: false,
        isVotingWhenLockedAllowed: false,
        sessionSeconds: 2_592_000,
        externalIssuer: null,
      },
    });
    const policy = {
      ...{ editWindowMs: 90_000, voteOnOwn: true, voteWhenLocked: true, replyDepthMax: 3, signUp: false },
      ...{ reservedExternalIds: [], sessionMs: 86_400_000, externalIssuer: 'https://id.example' },
    };
    const other = await openForum(engine, 'empty', policy);
    try {
      expect((await other.ask(INFO)).data.serverInfo).toMatchObject({
        ...{ editWindowSeconds: 90, isVotingOnOwnAllowed: true, isVotingWhenLockedAllowed: true },
        ...{ maxReplyDepth: 3, isSignUpOpen: false, reservedExternalIdPrefixes: [], sessionSeconds: 86_400 },
        externalIssuer: 'https://id.example',
      });
    } finally {
      await other.close();
    }
  });
});
