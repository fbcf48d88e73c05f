import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { examine } from '../../../src/operations/doctor/index.ts';
import { engines } from '../../support/database.ts';
import { type Forum, openForum } from '../../support/forum.ts';

const IMAGE = '![a cat](https://images.example/cat.png)';
const SHOWN =
  '<img src="https://images.example/cat.png" alt="a cat" loading="lazy" referrerpolicy="no-referrer" />';
const LINK = '<a href="https://images.example/cat.png" rel="nofollow ugc noopener noreferrer">a cat</a>';

describe.each(engines)('images by setting on %s', (engine) => {
  let forum: Forum;
  beforeAll(async () => {
    forum = await openForum(engine, 'empty', { imageHosts: ['images.example'] });
  });
  afterAll(() => forum.close());
  const create = async (body: string) => {
    const made = await forum
      .as('ada')
      .do('createDiscussion', { title: 'T', body }, 'discussion { id bodyHTML }');
    return made.data.createDiscussion.discussion as { id: string; bodyHTML: string };
  };
  const htmlOf = async (id: string) =>
    (await forum.ask(`{ node(id: "${id}") { ... on Discussion { bodyHTML } } }`)).data.node.bodyHTML;

  test('are shown in short texts, long ones, previews and comments', async () => {
    expect((await create(IMAGE)).bodyHTML).toBe(`<p>${SHOWN}</p>`);
    const long = await create(`${'word '.repeat(1000)}\n\n${IMAGE} ![](https://b.example/x.png)`);
    expect(long.bodyHTML).toContain(SHOWN);
    expect(long.bodyHTML).not.toContain('src="https://b.example');
    const comment = await forum
      .as('ben')
      .do('addComment', { discussionId: long.id, body: IMAGE }, 'comment { bodyHTML }');
    expect(comment.data.addComment.comment.bodyHTML).toBe(`<p>${SHOWN}</p>`);
  });

  test('change with the setting: doctor --rendering finds the stored ones, and --fix renders them again', async () => {
    const { id } = await create(IMAGE);
    const options = { rendering: true, imageHosts: ['images.example'] };
    expect(await examine(forum.db, { ...options, fix: false })).toMatchObject({ findings: 0 });
    const found = await examine(forum.db, { rendering: true, fix: true });
    expect(found.findings).toBeGreaterThan(0);
    expect(found.mended).toBe(found.findings);
    expect(await htmlOf(id)).toBe(`<p>${LINK}</p>`);
    expect((await examine(forum.db, { ...options, fix: true })).mended).toBe(found.findings);
    expect(await htmlOf(id)).toBe(`<p>${SHOWN}</p>`);
  });
});
