import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { examine } from '../../../src/operations/doctor/index.ts';
import { statement } from '../../../src/store/index.ts';
import { engines } from '../../support/database.ts';
import { threadDocument } from '../../support/documents.ts';
import { type Answer, type Forum, openForum } from '../../support/forum.ts';
import { refusalOf } from '../../support/refusal.ts';

const LINKS = statement<{ url: string; position: number; source: string }>(
  'test.links',
  'SELECT url, position, source FROM related_link ORDER BY discussion_id, position, id',
);
const NAMES = statement<{ title: string; titleKey: string }>(
  'test.linkTitles',
  'SELECT title, title_key AS "titleKey" FROM related_link WHERE discussion_id = ? ORDER BY position',
);
const SHOWN = 'discussion { relatedDiscussions(first: 10) { title url discussion { id } } }';

describe.each(engines)('related discussions on %s', (engine) => {
  let forum: Forum;
  beforeAll(async () => {
    forum = await openForum(engine, 'empty');
  });
  afterAll(() => forum.close());

  const rows = () => forum.db.read.all(LINKS, []);
  const start = async (title: string): Promise<string> =>
    (await forum.as('ada').do('createDiscussion', { title, body: 'B' }, 'discussion { id }')).data
      .createDiscussion.discussion.id;
  const add = (input: Record<string, unknown>, who = 'mod') =>
    forum.as(who).do('addRelatedDiscussion', input, SHOWN);
  const titles = (answer: Answer, mutation = 'addRelatedDiscussion') =>
    answer.data[mutation].discussion.relatedDiscussions.map(({ title }: { title: string }) => title);

  test('a discussion that is deleted is named nowhere, until it is restored', async () => {
    const [discussionId, gone] = [await start('Beside'), await start('Deleted title')];
    await add({ discussionId, relatedDiscussionId: gone });
    const shown = async () => {
      const query = `query ($id: ID!) { ${SHOWN.replace('{', '(id: $id) {')} }`;
      const { relatedDiscussions } = (await forum.ask(query, { id: discussionId })).data.discussion;
      return relatedDiscussions.map(({ title }: { title: string }) => title);
    };
    expect(await shown()).toEqual(['Deleted title']);
    await forum.as('ada').do('deleteDiscussion', { discussionId: gone }, 'deletedDiscussionId');
    expect(await shown()).toEqual([]);
    await forum.as('ada').do('restoreDiscussion', { discussionId: gone }, 'discussion { id }');
    expect(await shown()).toEqual(['Deleted title']);
  });

  test('addRelatedDiscussion adds discussions and external links at their positions, and moves existing ones', async () => {
    const [discussionId, one, two] = [await start('Main'), await start('One'), await start('Two')];
    expect(titles(await add({ discussionId, relatedDiscussionId: one }))).toEqual(['One']);
    expect(titles(await add({ discussionId, relatedDiscussionId: two }))).toEqual(['One', 'Two']);
    const page = { url: 'https://example.com/three', title: 'Three' };
    expect(titles(await add({ discussionId, ...page, position: 0 }))).toEqual(['Three', 'One', 'Two']);
    expect(titles(await add({ discussionId, relatedDiscussionId: two }))).toEqual(['Three', 'One', 'Two']);
    expect(titles(await add({ discussionId, relatedDiscussionId: two, position: 0 }))).toEqual([
      'Two',
      'Three',
      'One',
    ]);
    const removed = await forum
      .as('mod')
      .do('removeRelatedDiscussion', { discussionId, url: 'https://example.com/three' }, SHOWN);
    expect(titles(removed, 'removeRelatedDiscussion')).toEqual(['Two', 'One']);
    const again = { discussionId, relatedDiscussionId: one };
    for (let i = 0; i < 2; i++) {
      const { data } = await forum.as('mod').do('removeRelatedDiscussion', again, SHOWN);
      expect(data.removeRelatedDiscussion.discussion.relatedDiscussions).toHaveLength(1);
    }
  });

  test('curated links come before imported ones', async () => {
    await forum.load(
      '# Imported\n\nBody.\n\n## Related discussions\n\n- [Elsewhere](https://example.com/elsewhere)\n  - Posted at: 8 months ago\n  - Comments: 2\n',
    );
    const { data } = await forum.ask('{ discussion(slug: "imported") { id relatedDiscussions { title } } }');
    const chosen = await start('Chosen');
    const shown = titles(await add({ discussionId: data.discussion.id, relatedDiscussionId: chosen }));
    expect(shown[0]).toBe('Chosen');
    expect(shown).toHaveLength(data.discussion.relatedDiscussions.length + 1);
  });

  test('an external link whose title a discussion has leads to the discussion, whichever was added first', async () => {
    const discussionId = await start('Linking');
    const known = await start('Known here');
    const first = await add({ discussionId, url: 'https://example.com/known', title: 'known HERE' });
    expect(first.data.addRelatedDiscussion.discussion.relatedDiscussions[0].discussion).toEqual({
      id: known,
    });
    await add({ discussionId, url: 'https://example.com/later', title: 'Asked later' });
    const later = await start('Asked later');
    const { data } = await forum.ask(
      `{ discussion(id: "${discussionId}") { relatedDiscussions { discussion { id } } } }`,
    );
    expect(
      data.discussion.relatedDiscussions.map((link: { discussion: { id: string } }) => link.discussion.id),
    ).toEqual([known, later]);
    expect((await examine(forum.db, { fix: false, rendering: true })).findings).toBe(0);
  });

  test('an external link with a new title leads to the discussion of that title', async () => {
    const discussionId = await start('Renaming');
    const target = await start('Named later');
    const url = 'https://example.com/renamed';
    await add({ discussionId, url, title: 'Not asked here' });
    const { data } = await add({ discussionId, url, title: 'named LATER' });
    expect(data.addRelatedDiscussion.discussion.relatedDiscussions).toMatchObject([
      { discussion: { id: target } },
    ]);
    expect((await examine(forum.db, { fix: false, rendering: true })).findings).toBe(0);
  });

  test('an external link and the discussion of its title, added concurrently, find each other', async () => {
    const discussionId = await start('Meeting');
    for (let n = 0; n < 15; n++) {
      const title = `Made at once ${n}`;
      const both = [() => add({ discussionId, url: `https://example.com/${n}`, title }), () => start(title)];
      await Promise.all((n % 2 === 0 ? both : both.toReversed()).map((one) => one()));
    }
    expect((await examine(forum.db, { fix: false, rendering: true })).findings).toBe(0);
  });

  test('a redacted title stays in no link', async () => {
    const [discussionId, target] = [await start('Linking to a secret'), await start('Secret title')];
    await add({ discussionId, relatedDiscussionId: target });
    await add({ discussionId, url: 'https://example.com/other', title: 'Other' });
    const edit = { discussionId: target, title: 'Open title' };
    await forum.as('ada').do('updateDiscussion', edit, 'discussion { id }');
    const redaction = { discussionId: target, revision: 1 };
    const answer = await forum.as('mod').do('redactDiscussionRevision', redaction, 'discussion { id }');
    expect(answer.errors).toBeUndefined();
    expect(await forum.db.read.all(NAMES, [discussionId.slice(2)])).toEqual([
      { title: 'Open title', titleKey: 'open-title' },
      { title: 'Other', titleKey: 'other' },
    ]);
  });

  test('a redacted title does not come back with an import of the same document', async () => {
    const target = await start('Secret of a document');
    const url = 'https://example.com/secret';
    const related = [{ title: 'Secret of a document', url }];
    const document = threadDocument({ title: 'Linking by a document', related });
    await forum.load(document);
    const names = async () => {
      const { id } = (await forum.ask('{ discussion(slug: "linking-by-a-document") { id } }')).data
        .discussion;
      return forum.db.read.all(NAMES, [id.slice(2)]);
    };
    const edit = { discussionId: target, title: 'Open to all' };
    await forum.as('ada').do('updateDiscussion', edit, 'discussion { id }');
    await forum
      .as('mod')
      .do('redactDiscussionRevision', { discussionId: target, revision: 1 }, 'discussion { id }');
    const open = [{ title: 'Open to all', titleKey: 'open-to-all' }];
    expect(await names()).toEqual(open);
    expect((await forum.load(document)).status).toBe('unchanged');
    expect(await names()).toEqual(open);
  });

  test('addRelatedDiscussion adds one link when fifty ask at once', async () => {
    const [discussionId, relatedDiscussionId] = [await start('Raced'), await start('Target')];
    const before = (await rows()).length;
    await Promise.all(Array.from({ length: 50 }, () => add({ discussionId, relatedDiscussionId })));
    expect(await rows()).toHaveLength(before + 1);
  });

  test('addRelatedDiscussion refuses what it cannot do, and writes nothing', async () => {
    const [discussionId, other] = [await start('Refusing'), await start('Other')];
    const before = await rows();
    const cases: [Record<string, unknown>, string, string | undefined, string?][] = [
      [{ discussionId, relatedDiscussionId: other }, 'FORBIDDEN', 'input.discussionId', 'ada'],
      [{ discussionId, relatedDiscussionId: other }, 'FORBIDDEN', 'input.discussionId', 'vic'],
      [{ discussionId }, 'BAD_USER_INPUT', 'input.relatedDiscussionId'],
      [{ discussionId, relatedDiscussionId: discussionId }, 'BAD_USER_INPUT', 'input.relatedDiscussionId'],
      [{ discussionId, url: 'https://example.com' }, 'BAD_USER_INPUT', 'input.title'],
      [{ discussionId, url: 'javascript:alert(1)', title: 'X' }, 'BAD_USER_INPUT', 'input.url'],
      [{ discussionId, url: 'https://example.com', title: ' ' }, 'BAD_USER_INPUT', 'input.title'],
      [{ discussionId, relatedDiscussionId: other, position: -1 }, 'BAD_USER_INPUT', 'input.position'],
      [
        { discussionId, relatedDiscussionId: `${other.slice(0, -4)}0000` },
        'NOT_FOUND',
        'input.relatedDiscussionId',
      ],
    ];
    for (const [input, code, field, who] of cases)
      expect(refusalOf(await add(input, who))).toEqual({ code, field });
    expect(await rows()).toEqual(before);
  });
});
