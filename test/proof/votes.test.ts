// Many authors set, change and retract their votes on one comment and one discussion at once, while others read.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { statement } from '../../src/store/index.ts';
import { engines } from '../support/database.ts';
import { threadDocument } from '../support/documents.ts';
import { type Forum, openForum } from '../support/forum.ts';
import { brokenAtRest } from './invariants.ts';
import { watched } from './watched.ts';

const VOTERS = 24;
const DIRECTIONS = ['UP', 'DOWN', 'NONE'] as const;
const VALUE = { UP: 1, DOWN: -1, NONE: 0 } as const;
const VOTES = 'id upvoteCount downvoteCount netUpvotes';
const READ = `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Votable { ${VOTES} } } }`;
const COMMENT = statement<{ id: string }>('proof.commentIds', 'SELECT id FROM comment');
const DISCUSSION = statement<{ id: string }>('proof.discussionIds', 'SELECT id FROM discussion');

describe.each(engines)('votes on %s', (engine) => {
  let forum: Forum;
  let subjects: string[];
  beforeAll(async () => {
    forum = await openForum(engine, 'empty');
    // imported votes stand beside those that are cast
    await forum.load(
      threadDocument({
        ...{ title: 'Which one?', more: ['Net upvotes: -3'] },
        comments: [{ body: 'This one.', net: 5 }],
      }),
    );
    const [comment] = await forum.db.read.all(COMMENT, []);
    const [discussion] = await forum.db.read.all(DISCUSSION, []);
    subjects = [`D_${discussion?.id}`, `C_${comment?.id}`];
    for (let n = 0; n < VOTERS; n++) await forum.as(`voter ${n}`).token();
  });
  afterAll(() => forum.close());

  test('are the rows at every moment that a reader can see, and the last of each voter at the end', async () => {
    // each voter's votes come one after another; the voters', all at once
    const turns = (n: number) =>
      Array.from({ length: 12 }, (_, turn) => DIRECTIONS[(n * 7 + turn * turn) % 3] ?? 'UP');
    const seen = await watched(forum, async () => {
      await Promise.all(
        Array.from({ length: VOTERS }, async (_, n) => {
          for (const direction of turns(n)) {
            for (const subjectId of subjects) {
              const answer = await forum
                .as(`voter ${n}`)
                .do('setVote', { subjectId, direction }, `subject { ${VOTES} viewerVote }`);
              expect(answer.errors).toBeUndefined();
              expect(answer.data.setVote.subject.viewerVote).toBe(direction);
            }
          }
        }),
      );
    });
    expect(seen.broken).toEqual([]);
    expect(seen.reads).toBeGreaterThan(10);
    const last = Array.from({ length: VOTERS }, (_, n) => VALUE[turns(n).at(-1) ?? 'NONE']);
    const up = last.filter((value) => value === 1).length;
    const down = last.filter((value) => value === -1).length;
    const { data } = await forum.ask(READ, { ids: subjects });
    const counted = (id: string | undefined, importedUp: number, importedDown: number) => ({
      ...{ id, upvoteCount: up + importedUp, downvoteCount: down + importedDown },
      netUpvotes: up + importedUp - down - importedDown,
    });
    expect(data.nodes).toEqual([counted(subjects[0], 0, 3), counted(subjects[1], 5, 0)]);
    expect(await brokenAtRest(forum.db)).toEqual([]);
  });

  test('of one voter at once end as one of them, counted once', async () => {
    const [, subjectId] = subjects;
    const before = await forum.ask(READ, { ids: subjects });
    const directions = Array.from({ length: 30 }, (_, n) => DIRECTIONS[n % 3] ?? 'UP');
    await Promise.all(
      directions.map((direction) =>
        forum.as('ada').do('setVote', { subjectId, direction }, 'subject { id }'),
      ),
    );
    const { data } = await forum
      .as('ada')
      .ask(`query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Votable { netUpvotes viewerVote } } }`, {
        ids: [subjectId],
      });
    const { netUpvotes, viewerVote } = data.nodes[0] as {
      netUpvotes: number;
      viewerVote: keyof typeof VALUE;
    };
    expect(netUpvotes).toBe(before.data.nodes[1].netUpvotes + VALUE[viewerVote]);
    expect(await brokenAtRest(forum.db)).toEqual([]);
  });
});
