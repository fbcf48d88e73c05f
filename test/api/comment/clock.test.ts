import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { examine, type Finding } from '../../../src/operations/doctor/index.ts';
import { engines } from '../../support/database.ts';
import { CAPTURED_AT, type Forum, openForum } from '../../support/forum.ts';

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;

describe.each(engines)('a clock that is wrong, on %s', (engine) => {
  let forum: Forum;
  let discussionId: string;
  beforeEach(async () => {
    forum = await openForum(engine, 'empty');
    const input = { title: 'When?', body: 'Now.' };
    const { data } = await forum.as('ada').do('createDiscussion', input, 'discussion { id }');
    discussionId = data.createDiscussion.discussion.id;
  });
  afterEach(() => forum.close());

  async function comment(body: string): Promise<{ id: string; createdAt: string }> {
    const answer = await forum
      .as('ada')
      .do('addComment', { discussionId, body }, 'comment { id createdAt discussion { lastActivityAt } }');
    return answer.data.addComment.comment;
  }

  test('goes back an hour: comments keep sorting in the order of writing, by time and by id', async () => {
    const written = [await comment('one')];
    forum.wait(-HOUR_MS);
    for (const body of ['two', 'three', 'four']) written.push(await comment(body));
    forum.wait(2 * HOUR_MS);
    written.push(await comment('five'));
    const times = written.map(({ createdAt }) => Date.parse(createdAt));
    expect(times.map((time) => time - CAPTURED_AT.getTime())).toEqual([0, 1, 2, 3, HOUR_MS]);
    const ids = written.map(({ id }) => id);
    expect([...ids].sort()).toEqual(ids);
    const { data } = await forum.ask(
      'query ($id: ID!) { node(id: $id) { ... on Discussion { comments(first: 9, orderBy: OLDEST) { nodes { id } } } } }',
      { id: discussionId },
    );
    expect(data.node.comments.nodes.map((node: { id: string }) => node.id)).toEqual(ids);
  });

  test('was 40 days ahead: it is not followed, the doctor reports what it left, and its repair takes it back', async () => {
    forum.wait(40 * DAY_MS);
    const ahead = await comment('from the future');
    forum.wait(-40 * DAY_MS);
    const now = new Date(CAPTURED_AT);
    expect((await comment('now')).createdAt).toBe(now.toISOString());

    const details: Finding[] = [];
    const options = { rendering: false, now, onFinding: (finding: Finding) => details.push(finding) };
    expect(await examine(forum.db, { ...options, fix: false })).toMatchObject({ findings: 1, mended: 0 });
    expect(details).toMatchObject([
      { kind: 'time', table: 'comment', message: `it was written in the future, at ${ahead.createdAt}` },
    ]);
    expect(await examine(forum.db, { ...options, fix: true })).toMatchObject({ findings: 1, mended: 1 });
    expect(await examine(forum.db, { ...options, fix: false })).toMatchObject({ findings: 0 });
    const { data } = await forum.ask(
      'query ($id: ID!) { node(id: $id) { ... on Discussion { lastActivityAt } } }',
      { id: discussionId },
    );
    expect(data.node.lastActivityAt).toBe(now.toISOString());
  });

  test('was 40 days ahead: a discussion of that time gets an approximate one', async () => {
    forum.wait(40 * DAY_MS);
    const input = { title: 'Ahead?', body: 'Now.' };
    const { data } = await forum.as('ada').do('createDiscussion', input, 'discussion { id }');
    forum.wait(-40 * DAY_MS);
    const options = { rendering: false, now: forum.now(), fix: true };
    expect(await examine(forum.db, options)).toMatchObject({ findings: 1, mended: 1 });
    const shown = await forum.ask(
      'query ($id: ID!) { node(id: $id) { ... on Discussion { createdAt createdAtIsApproximate lastActivityAt } } }',
      { id: data.createDiscussion.discussion.id },
    );
    const at = forum.now().toISOString();
    expect(shown.data.node).toEqual({ createdAt: at, createdAtIsApproximate: true, lastActivityAt: at });
  });
});
