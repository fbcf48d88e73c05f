import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { renderCommentAgain } from '../../../src/forum/comment/index.ts';
import { renderDiscussionAgain } from '../../../src/forum/discussion/index.ts';
import { updateRows } from '../../../src/store/index.ts';
import { engines } from '../../support/database.ts';
import { type Forum, openForum } from '../../support/forum.ts';

const textOf = (word: string) => ({ body: word, bodyHtml: `<p>${word}</p>`, bodyText: word });

const renderAgain = { discussion: renderDiscussionAgain, comment: renderCommentAgain };

describe.each(engines)('the doctor on %s', (engine) => {
  let forum: Forum;
  const ids = { discussion: '', comment: '' };
  beforeAll(async () => {
    forum = await openForum(engine, 'empty');
    const ada = forum.as('ada');
    const made = await ada.do('createDiscussion', { title: 'T', body: 'Older' }, 'discussion { id }');
    const discussionId = made.data.createDiscussion.discussion.id;
    const said = await ada.do('addComment', { discussionId, body: 'Older' }, 'comment { id }');
    ids.discussion = discussionId.slice(2);
    ids.comment = said.data.addComment.comment.id.slice(2);
  });
  afterAll(() => forum.close());

  test.each([
    ['discussion', 'an edit', { revision: 2 }],
    ['discussion', 'an import', {}],
    ['comment', 'an edit', { revision: 2 }],
    ['comment', 'an import', {}],
  ] as const)('leaves the text of a %s that %s changes at the same moment', async (table, what, more) => {
    const newer = textOf(what);
    const id = ids[table];
    const render = () => forum.db.write((tx) => renderAgain[table](tx, id, []));
    await render(); // opens a connection
    const { rendered } = await forum.db.transaction(async (tx) => {
      await updateRows(tx, table, { id }, { ...newer, ...more });
      const rendered = render();
      // until it waits for us
      await sleep(500);
      return { rendered };
    });
    await rendered;
    const stored = await forum.db.write((tx) => {
      const found = { where: { id }, select: { body: true, bodyHtml: true, bodyText: true } };
      return table === 'discussion' ? tx.discussion.findUnique(found) : tx.comment.findUnique(found);
    });
    expect(stored).toEqual(newer);
  });
});
