import { describe, expect, test } from 'vitest';
import { engines } from '../../support/database.ts';
import { refusalOf } from '../../support/refusal.ts';
import { rowsOf } from '../../support/rows.ts';
import { type DraftState, useDrafts } from './fixture.ts';

const SECRET = 'Her address is 12 Elm Street.';

describe.each(engines)('drafts of edits on %s', (engine) => {
  const state = useDrafts(engine, 'ada');
  const idsIn = ({ discussionId, commentId }: DraftState) => ({
    Discussion: discussionId,
    Comment: commentId,
  });

  test.each(['Discussion', 'Comment'] as const)(
    'remember the revision of the %s that they are based on, until they are saved without',
    async (type) => {
      const { of } = state();
      const ids = idsIn(state());
      const who = of.newcomer();
      const save = async (input: object) =>
        (await of.save(who, { editedId: ids[type], body: 'B', ...input })).node.revision;
      expect(await save({})).toBeNull();
      expect(await save({ revision: 2 })).toBe(2);
      expect((await of.list(who)).edges[0].node.revision).toBe(2);
      expect(await save({})).toBeNull();
    },
  );

  test('alone are based on a revision', async () => {
    const { forum, of, discussionId, commentId } = state();
    const who = of.newcomer();
    await who.token();
    const before = await rowsOf(forum.db);
    for (const place of [{}, { discussionId }, { replyToId: commentId }]) {
      const answer = await who.do('saveDraft', { ...place, body: 'B', revision: 1 }, 'draftEdge { cursor }');
      expect(refusalOf(answer)).toEqual({ code: 'BAD_USER_INPUT', field: 'input.revision' });
    }
    expect(await rowsOf(forum.db)).toEqual(before);
  });

  test.each(['Discussion', 'Comment'] as const)(
    'of a %s end, everyone’s, when one of its revisions is redacted, and no others do',
    async (type) => {
      const { forum, of } = state();
      const ids = idsIn(state());
      const other = type === 'Discussion' ? 'Comment' : 'Discussion';
      const [ada, mod] = [forum.as('ada'), forum.as('mod')];
      const id = { [`${type.toLowerCase()}Id`]: ids[type] };
      for (const body of [SECRET, 'Nothing.'])
        await ada.do(`update${type}`, { ...id, body }, 'clientMutationId');
      for (const who of [ada, mod]) {
        await of.clear(who);
        await of.save(who, { editedId: ids[type], body: `${SECRET} Or not.`, revision: 2 });
        await of.save(who, { editedId: ids[other], body: 'other edit' });
        await of.save(who, { discussionId: ids.Discussion, body: 'comment' });
        await of.save(who, { replyToId: ids.Comment, body: 'reply' });
      }
      const redacted = await mod.do(`redact${type}Revision`, { ...id, revision: 2 }, 'clientMutationId');
      expect(redacted.errors).toBeUndefined();
      for (const who of [ada, mod])
        expect((await of.bodies(who)).sort()).toEqual(['comment', 'other edit', 'reply']);
      expect((await rowsOf(forum.db)).filter((row) => row.includes(SECRET))).toEqual([]);
    },
  );
});
