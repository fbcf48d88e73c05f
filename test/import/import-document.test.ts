import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ago } from '../../src/text/relative-time.ts';
import { engines, openTestDatabase, type TestDatabase } from '../support/database.ts';
import { threadDocument } from '../support/documents.ts';
import { AS_OF, importing } from './imported.ts';
import { allRows } from './rows.ts';

describe.each(engines)('importDocument on %s', (engine) => {
  let opened: TestDatabase;
  beforeAll(async () => {
    opened = await openTestDatabase(engine);
  });
  afterAll(() => opened.close());

  const { load, loadText, found, byBody } = importing(() => opened);

  test('stores what the document says, each time as the middle of its phrase', async () => {
    const result = await load({
      title: 'Is it whole?',
      body: 'All of **it**?',
      postedAt: 'almost 4 years',
      product: 'Relay Desk',
      category: 'Help Desk',
      more: [
        'Author name: Ada',
        'Author id: ada',
        'Author role: Vendor',
        'Net upvotes: 4',
        'Tags: Cost, Scale',
      ],
      comments: [
        {
          body: 'Yes.',
          net: 2,
          postedAt: '8 months',
          more: ['Author title: Engineer', 'Official response: yes'],
        },
        {
          body: 'No.',
          net: -1,
          postedAt: '2026-03-01T09:30:00Z',
          more: ['Reply to: Comment 1', 'Accepted answer: yes'],
        },
      ],
      related: [{ title: 'What else?', url: 'https://example.com/else' }],
    });
    expect(result).toEqual({ status: 'created', title: 'Is it whole?', commentCount: 2, warnings: [] });
    const discussion = await found('Is it whole?');
    expect(discussion).toMatchObject({
      slug: 'is-it-whole',
      bodyHtml: '<p>All of <strong>it</strong>?</p>',
      bodyText: 'All of it?',
      createdAt: new Date('2023-01-09T03:00:00.000Z'),
      createdAtIsApproximate: true,
      author: { name: 'Ada', role: 'VENDOR', externalId: 'import:ada' },
      product: { slug: 'relay-desk', name: 'Relay Desk', url: 'https://example.com/products/relay-desk' },
      category: { slug: 'help-desk', name: 'Help Desk' },
      ...{ upvoteCount: 4, downvoteCount: 0, netUpvotes: 4, commentCount: 2, topLevelCommentCount: 1 },
      lastActivityAt: new Date('2026-03-29T03:00:30.000Z'),
      relatedLinks: [{ title: 'What else?', url: 'https://example.com/else', targetId: null, position: 0 }],
    });
    expect(discussion.tags.map(({ tag }) => tag.slug).sort()).toEqual(['cost', 'scale']);
    const yes = await byBody('Is it whole?', 'Yes.');
    const no = await byBody('Is it whole?', 'No.');
    expect(yes).toMatchObject({
      depth: 0,
      isOfficial: true,
      netUpvotes: 2,
      replyCount: 1,
      author: { title: 'Engineer' },
    });
    expect(no).toMatchObject({
      ...{ depth: 1, replyToId: yes.id, netUpvotes: -1, upvoteCount: 0, downvoteCount: 1, authorId: null },
      ...{ createdAt: new Date('2026-03-01T09:30:00Z'), createdAtIsApproximate: false },
    });
    expect(discussion.answerId).toBe(no.id);
    expect(discussion.lastCommentId).toBe(yes.id);
    expect(ago(discussion.createdAt, AS_OF)).toBe('almost 4 years ago');
    expect(ago(yes.createdAt, AS_OF)).toBe('8 months ago');
  });

  test('stores pins, locks, closings and deletions as of the document’s capture', async () => {
    const more = [
      'Pinned: A common question',
      'Pinned until: 2027-01-01',
      'Locked: Too heated',
      'Closed: Outdated',
    ];
    await load({ title: 'Every state', more, comments: [{ body: 'gone', more: ['Deleted: yes'] }] });
    expect(await found('Every state')).toMatchObject({
      ...{
        lockedAt: AS_OF,
        lockReason: 'TOO_HEATED',
        closedAt: AS_OF,
        closeReason: 'OUTDATED',
        commentCount: 0,
      },
      pin: { label: 'A common question', createdAt: AS_OF, expiresAt: new Date('2027-01-01T00:00:00Z') },
      comments: [{ deletedAt: AS_OF }],
    });
  });

  test('merges authors only by id', async () => {
    const engineer = { more: ['Author title: Engineer'] };
    const ben = { more: ['Author id: ben', 'Author company: Ltd'] };
    await load({
      title: 'Who?',
      comments: [
        { body: '1', ...engineer },
        { body: '2', ...engineer },
        { body: '3', ...ben },
        { body: '4', ...ben },
      ],
    });
    const [one, two, three, four] = (await found('Who?')).comments.map(({ authorId }) => authorId);
    expect(new Set([one, two, three]).size).toBe(3);
    expect(four).toBe(three);
    await load({ title: 'Who again?', more: ['Author id: ben', 'Author name: Ben', 'Author company: Inc'] });
    expect((await found('Who again?')).author).toMatchObject({ id: three, name: 'Ben', company: 'Ltd' });
  });

  test('title, product and category identify a document: the same title in another category is another one', async () => {
    await load({ title: 'Same title', product: 'Relay Desk' });
    await load({ title: 'Same title', product: 'Tallybook' });
    await load({ title: 'Same title' });
    expect((await load({ title: 'SAME title!', product: 'Tallybook', body: 'Same title' })).status).toBe(
      'updated',
    );
    const rows = await opened.db.write((tx) =>
      tx.discussion.findMany({ where: { titleKey: 'same-title' }, orderBy: { slug: 'asc' } }),
    );
    expect(rows.map(({ slug }) => slug)).toEqual(['same-title', 'same-title-2', 'same-title-3']);
  });

  test('a link points to the discussion with its title, whichever is imported first', async () => {
    const link = (title: string) => [{ title, url: `https://example.com/${title.length}` }];
    await load({ title: 'Linked before', related: link('Comes later') });
    expect((await found('Linked before')).relatedLinks[0]?.targetId).toBe(null);
    await load({ title: 'COMES later!', related: link('Linked before') });
    const later = await found('COMES later!');
    expect((await found('Linked before')).relatedLinks[0]?.targetId).toBe(later.id);
    expect(later.relatedLinks[0]?.targetId).toBe((await found('Linked before')).id);
  });

  test('a document that cannot be read stores nothing', async () => {
    const before = await allRows(opened.db);
    const text = threadDocument({
      title: 'Half?',
      product: 'New',
      comments: [{ body: 'a' }, { body: 'b', more: ['Reply to: Comment 9'] }],
    });
    await expect(loadText(text)).rejects.toThrow('a.md');
    expect(await allRows(opened.db)).toEqual(before);
  });

  test('ten imports of one document at once create one discussion', async () => {
    const draft = {
      title: 'Raced',
      product: 'Raced',
      category: 'Raced',
      comments: [{ body: 'a' }, { body: 'b' }],
    };
    const results = await Promise.all(Array.from({ length: 10 }, () => load(draft)));
    expect(results.filter(({ status }) => status === 'created')).toHaveLength(1);
    const rows = await opened.db.write((tx) =>
      tx.discussion.findMany({ where: { title: 'Raced' }, include: { comments: true } }),
    );
    expect(rows.map((row) => [row.slug, row.commentCount, row.comments.length])).toEqual([['raced', 2, 2]]);
  });

  test('ten documents with one title at once get ten slugs', async () => {
    const products = Array.from({ length: 10 }, (_, i) => `Maker ${i}`);
    await Promise.all(products.map((product) => load({ title: 'Crowded', product })));
    const rows = await opened.db.write((tx) => tx.discussion.findMany({ where: { title: 'Crowded' } }));
    const slugs = ['crowded', ...Array.from({ length: 9 }, (_, i) => `crowded-${i + 2}`)];
    expect(rows.map(({ slug }) => slug).sort()).toEqual(slugs.sort());
  });
});
