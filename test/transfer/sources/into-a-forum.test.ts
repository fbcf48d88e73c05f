import { describe, expect, test } from 'vitest';
import { engines } from '../../support/database.ts';
import { openForum } from '../../support/forum.ts';
import { changesOf } from '../transfers.ts';
import { importedDump } from './dumps.ts';

const AT = '2024-03-01T09:30:00Z';
const github = {
  ...{
    id: 'D1',
    number: 7,
    title: 'On GitHub',
    body: 'Text',
    createdAt: AT,
    url: 'https://github.com/o/r/discussions/7',
  },
  comments: { nodes: [{ id: 'C1', body: 'An answer', createdAt: AT, upvoteCount: 2, isAnswer: true }] },
};
const thing = (kind: string, data: object) => ({ kind: 'Listing', data: { children: [{ kind, data }] } });
const reddit = [
  thing('t3', {
    id: 'p1',
    title: 'On Reddit',
    selftext: 'Text',
    created_utc: 1709285400,
    permalink: '/r/a/comments/p1/',
  }),
  thing('t1', { id: 'c1', link_id: 't3_p1', body: 'A comment', created_utc: 1709285400, author: 'Ben' }),
];
const post = { post_type: 1, username: 'ada', created_at: AT, topic_id: 3 };
const discourse = {
  ...{ id: 3, title: 'On Discourse', slug: 'on-discourse', created_at: AT },
  post_stream: {
    posts: [
      { ...post, id: 1, post_number: 1, raw: 'Text' },
      { ...post, id: 2, post_number: 2, raw: 'Reply' },
    ],
  },
};

describe.each(engines)('exports of other forums on %s', (engine) => {
  test.each([
    ['github', github, 'https://github.com/o/r/discussions/7', 'On GitHub'],
    ['reddit', reddit, 'https://old.reddit.com/r/a/comments/p1/title/c1/', 'On Reddit'],
    ['discourse', discourse, 'https://old.example/t/on-discourse/3/2', 'On Discourse'],
  ])(
    '%s: a discussion is found by its old address; a second import changes nothing',
    async (kind, json, url, title) => {
      const forum = await openForum(engine, 'empty');
      try {
        const files = { 'thread.json': JSON.stringify(json) };
        expect(changesOf(await importedDump(forum.db, kind, files))).toBeGreaterThan(1);
        const { data } = await forum.ask(
          'query ($url: URI!) { discussion(url: $url) { title commentCount } }',
          { url },
        );
        expect(data.discussion).toEqual({ title, commentCount: 1 });
        expect(changesOf(await importedDump(forum.db, kind, files))).toBe(0);
      } finally {
        await forum.close();
      }
    },
  );
});
