import { expect, test } from 'vitest';
import { countForum } from '../../src/forum/comment/index.ts';
import { engines, openTestDatabase } from '../support/database.ts';
import { changesOf, exported, imported, linesOf, recordsIn } from './transfers.ts';

const AT = '2024-03-01T09:30:00.000Z';
const topic = { type: 'discussion', key: 'old:t', title: 'How deep?', body: 'So deep.', createdAt: AT };
/** A reply to the comment before, in more than one batch. */
const LEVELS = 250;
const chain = Array.from({ length: LEVELS }, (_, n) => ({
  ...{ type: 'comment', key: `old:${n}`, discussion: 'old:t', body: `Level ${n}`, createdAt: AT },
  replyTo: n === 0 ? null : `old:${n - 1}`,
}));

/** To which body each comment replies. */
function repliesIn(text: string): Map<unknown, unknown> {
  const comments = recordsIn(text).filter(({ type }) => type === 'comment');
  const bodies = new Map(comments.map(({ key, body }) => [key, body]));
  return new Map(comments.map(({ body, replyTo }) => [body, bodies.get(replyTo as string)]));
}

test.each(engines)(
  'replies that are deeper than the forum allows move up to the nearest comment that may have replies, on %s',
  async (engine) => {
    const target = await openTestDatabase(engine);
    try {
      const text = linesOf([topic, ...chain]);
      const { omitted } = await imported(target.db, text);
      expect(Object.keys(omitted)).toEqual(['replies deeper than 10 levels']);
      expect(omitted['replies deeper than 10 levels']?.count).toBe(LEVELS - 11);
      expect(omitted['replies deeper than 10 levels']?.first[0]?.detail).toBe(
        '"old:11" replies to a comment further up.',
      );
      const replies = repliesIn(await exported(target.url));
      for (let n = 0; n < LEVELS; n++)
        expect(replies.get(`Level ${n}`)).toBe(n === 0 ? undefined : `Level ${Math.min(n - 1, 9)}`);
      for await (const { suspects } of countForum(target.db)) expect(suspects).toEqual([]);
      expect(changesOf(await imported(target.db, text))).toBe(0);
    } finally {
      await target.close();
    }
  },
);
