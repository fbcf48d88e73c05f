import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { statement } from '../../../src/store/index.ts';
import { engines } from '../../support/database.ts';
import { CAPTURED_AT, type Forum, openForum } from '../../support/forum.ts';
import { refusalOf } from '../../support/refusal.ts';
import { rowsOf } from '../../support/rows.ts';
import { keepOnly, plantGarden } from './discussion-cast.ts';

const SECRET = 'Her address is 12 Elm Street.';
const events = statement<Record<string, unknown>>(
  'test.redactions',
  `SELECT action, revision, detail, actor_id AS "actorId", comment_id AS "commentId" FROM moderation_event
    WHERE discussion_id = ? ORDER BY id`,
);
const OF = {
  Discussion: { id: 'discussionId', edit: 'updateDiscussion', show: 'discussion { id }' },
  Comment: { id: 'commentId', edit: 'updateComment', show: 'comment { id }' },
} as const;
const REVISIONS = `revisions { totalCount nodes { revision body bodyDiff { text } redactedAt } }`;

describe.each(engines)('redaction on %s', (engine) => {
  let forum: Forum;
  let fruit = '';
  let scenes = 0;
  beforeAll(async () => {
    forum = await openForum(engine, 'empty');
    const garden = await plantGarden(forum);
    fruit = garden.fruit;
    await keepOnly(forum, forum.as('moira'), garden.roots);
    await keepOnly(forum, forum.as('mia'), fruit);
  });
  afterAll(() => forum.close());

  /** A discussion and a comment, whose second of three revisions holds the secret. */
  async function newScene() {
    const ada = forum.as('ada');
    const title = `Scene ${++scenes}`;
    const made = await ada.do(
      'createDiscussion',
      { title, body: 'One.', categoryId: fruit },
      'discussion { id slug }',
    );
    const { id: discussionId, slug } = made.data.createDiscussion.discussion;
    const said = await ada.do('addComment', { discussionId, body: 'One.' }, 'comment { id }');
    const commentId = said.data.addComment.comment.id;
    for (const text of [SECRET, 'Three.']) {
      await ada.do(
        'updateDiscussion',
        { discussionId, title: `${title} ${text}`, body: text },
        'discussion { id }',
      );
      await ada.do('updateComment', { commentId, body: text }, 'comment { id }');
    }
    return { discussionId: discussionId as string, commentId: commentId as string, slug: slug as string };
  }
  type Scene = Awaited<ReturnType<typeof newScene>>;

  describe.each(['Discussion', 'Comment'] as const)('of a %s', (type) => {
    const mutation = `redact${type}Revision`;
    const idIn = (scene: Scene) => ({ [OF[type].id]: scene[OF[type].id] });
    const redact = (scene: Scene, revision: number, by: string, more: object = {}) =>
      forum.as(by).do(mutation, { ...idIn(scene), revision, ...more }, OF[type].show);
    const see = async (scene: Scene, by?: string) => {
      const query = `query ($id: ID!) { node(id: $id) { ... on ${type} { ${REVISIONS} } } }`;
      const variables = { id: scene[OF[type].id] };
      const answer = by ? await forum.as(by).ask(query, variables) : await forum.ask(query, variables);
      return answer.data.node.revisions;
    };

    test('erases the text for everybody, and leaves the revision in its place', async () => {
      const scene = await newScene();
      const before = await see(scene);
      expect(JSON.stringify(before)).toContain('Elm');
      expect((await redact(scene, 2, 'mod', { reason: 'An address' })).errors).toBeUndefined();
      for (const by of [undefined, 'ada', 'mod', 'root']) {
        const { totalCount, nodes } = await see(scene, by);
        expect(totalCount).toBe(3);
        expect(JSON.stringify(nodes)).not.toMatch(/Elm|address/);
        expect(nodes).toEqual([
          { revision: 3, body: 'Three.', bodyDiff: [], redactedAt: null },
          { revision: 2, body: '', bodyDiff: [], redactedAt: CAPTURED_AT.toISOString() },
          before.nodes[2],
        ]);
      }
      // nor is it anywhere in the tables, apart from the other text of the scene
      const other = type === 'Discussion' ? 'comment_revision' : 'discussion_revision';
      const rows = (await rowsOf(forum.db)).filter((row) => row.includes(scene[OF[type].id].slice(2)));
      expect(rows.filter((row) => row.includes('Elm') && !row.startsWith(other))).toEqual([]);
      const [event, ...more] = await forum.db.read.all(events, [scene.discussionId.slice(2)]);
      expect(more).toEqual([]);
      expect(event).toEqual({
        ...{ action: `REDACT_${type.toUpperCase()}_REVISION`, revision: 2, detail: 'An address' },
        actorId: (await forum.as('mod').id()).slice(2),
        commentId: type === 'Comment' ? scene.commentId.slice(2) : null,
      });
    });

    test('can be done again and at once, and is logged once', async () => {
      const scene = await newScene();
      const answers = await Promise.all(Array.from({ length: 10 }, () => redact(scene, 2, 'mia')));
      expect(answers.flatMap(({ errors }) => errors ?? [])).toEqual([]);
      const before = await rowsOf(forum.db);
      forum.wait(1000);
      expect((await redact(scene, 2, 'mod')).errors).toBeUndefined();
      forum.wait(-1000);
      expect(await rowsOf(forum.db)).toEqual(before);
      expect(await forum.db.read.all(events, [scene.discussionId.slice(2)])).toHaveLength(1);
    });

    test('is not undone by restoring the revision, not even at the same moment', async () => {
      const scene = await newScene();
      const restore = () =>
        forum.as('ada').do(`restore${type}Revision`, { ...idIn(scene), revision: 2 }, OF[type].show);
      await redact(scene, 2, 'mod');
      const before = await rowsOf(forum.db);
      expect(refusalOf(await restore())).toEqual({ code: 'CONFLICT', field: 'input.revision' });
      expect(await rowsOf(forum.db)).toEqual(before);
      for (let round = 0; round < 5; round++) {
        const racing = await newScene();
        const input = { ...idIn(racing), revision: 2 };
        const [redacted, restored] = await Promise.all([
          redact(racing, 2, 'mod'),
          forum.as('ada').do(`restore${type}Revision`, input, OF[type].show),
        ]);
        expect(redacted.errors).toBeUndefined();
        // it was restored before it was redacted, or not at all: never with an empty text
        const [newest] = (await see(racing)).nodes;
        expect(newest.body).toBe(restored.errors ? 'Three.' : SECRET);
      }
    });

    test('is refused with a reason of its own, and writes nothing', async () => {
      const scene = await newScene();
      const field = `input.${OF[type].id}`;
      const before = await rowsOf(forum.db);
      const unknown = { [OF[type].id]: `${type[0]}_00000000000000000000000000` };
      for (const [by, revision, more, refusal] of [
        ['ada', 2, {}, { code: 'FORBIDDEN', field }],
        ['ben', 2, {}, { code: 'FORBIDDEN', field }],
        ['vic', 2, {}, { code: 'FORBIDDEN', field }],
        ['moira', 2, {}, { code: 'FORBIDDEN', field }],
        ['mod', 3, {}, { code: 'CONFLICT', field: 'input.revision' }],
        ['mod', 0, {}, { code: 'NOT_FOUND', field: 'input.revision' }],
        ['mod', 4, {}, { code: 'NOT_FOUND', field: 'input.revision' }],
        ['mod', 2, unknown, { code: 'NOT_FOUND', field }],
        ['mod', 2, { reason: 'x'.repeat(201) }, { code: 'BAD_USER_INPUT', field: 'input.reason' }],
        ['mod', 2, { reason: 'a\nb' }, { code: 'BAD_USER_INPUT', field: 'input.reason' }],
      ] as const)
        expect({ by, revision, ...refusalOf(await redact(scene, revision, by, more)) }).toEqual({
          ...{ by, revision, ...refusal },
        });
      const guest = await forum.do(mutation, { ...idIn(scene), revision: 2 }, OF[type].show);
      expect(refusalOf(guest)).toEqual({ code: 'UNAUTHENTICATED' });
      const key = await forum.as('mod').keyWith(['WRITE']);
      const byKey = await forum.do(mutation, { ...idIn(scene), revision: 2 }, OF[type].show, key);
      expect(refusalOf(byKey)).toEqual({ code: 'FORBIDDEN', field });
      expect(await rowsOf(forum.db)).toEqual(before);
    });

    test('of what is deleted answers as for an unknown id', async () => {
      const scene = await newScene();
      await forum
        .as('mod')
        .do('deleteDiscussion', { discussionId: scene.discussionId }, 'deletedDiscussionId');
      const before = await rowsOf(forum.db);
      for (const by of ['ada', 'mod', 'root'])
        expect(refusalOf(await redact(scene, 2, by))).toEqual({
          code: 'NOT_FOUND',
          field: `input.${OF[type].id}`,
        });
      expect(await rowsOf(forum.db)).toEqual(before);
    });
  });

  test('returns the revision and the next one, which node(id) then shows alike', async () => {
    const { discussionId, slug } = await newScene();
    const FIELDS = 'id revision title body titleDiff { text } bodyDiff { text } redactedAt';
    const answer = await forum
      .as('mod')
      .do(
        'redactDiscussionRevision',
        { discussionId, revision: 2 },
        `discussion { slug revision } redactedRevision { ${FIELDS} } nextRevision { ${FIELDS} }`,
      );
    const { discussion, redactedRevision, nextRevision } = answer.data.redactDiscussionRevision;
    expect(discussion).toEqual({ slug, revision: 3 });
    expect(redactedRevision).toMatchObject({ revision: 2, title: '', body: '', titleDiff: [], bodyDiff: [] });
    expect(nextRevision).toMatchObject({ revision: 3, body: 'Three.', titleDiff: [], bodyDiff: [] });
    for (const shown of [redactedRevision, nextRevision]) {
      const query = `query ($id: ID!) { node(id: $id) { ... on DiscussionRevision { ${FIELDS} } } }`;
      expect((await forum.ask(query, { id: shown.id })).data.node).toEqual(shown);
    }
    const first = await forum
      .as('mod')
      .do('redactDiscussionRevision', { discussionId, revision: 1 }, `redactedRevision { ${FIELDS} }`);
    expect(first.data.redactDiscussionRevision.redactedRevision).toMatchObject({
      revision: 1,
      title: '',
      body: '',
    });
  });

  test('of a comment returns the revision and the next one', async () => {
    const { commentId } = await newScene();
    const FIELDS = 'revision body';
    const show = `comment { id } redactedRevision { ${FIELDS} } nextRevision { ${FIELDS} }`;
    const answer = await forum.as('mod').do('redactCommentRevision', { commentId, revision: 2 }, show);
    expect(answer.data.redactCommentRevision).toEqual({
      ...{ comment: { id: commentId }, redactedRevision: { revision: 2, body: '' } },
      nextRevision: { revision: 3, body: 'Three.' },
    });
  });
});
