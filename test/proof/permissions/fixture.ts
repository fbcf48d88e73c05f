import type { Situation, Things } from '../../../scripts/permissions/row.ts';
import type { Column, Fixture } from '../../../scripts/permissions/viewers.ts';
import { createAuthor } from '../../../src/forum/author/create-author.ts';
import { globalId } from '../../../src/graphql/global-id.ts';
import { issueApiKey } from '../../../src/identity/api-keys.ts';
import { SCOPES_OF } from '../../../src/identity/scopes.ts';
import { newId } from '../../../src/store/ids.ts';
import { insertRow } from '../../../src/store/index.ts';
import { type Answer, CAPTURED_AT as at, type Forum } from '../../support/forum.ts';

/** The token of each column's viewer; undefined for a guest. */
export type Tokens = ReadonlyMap<Column, string | undefined>;

/** Adds the catalog and an author for each column. The asker and the comment's author are columns too. */
export async function setUp(
  forum: Forum,
  columns: readonly Column[],
): Promise<{ fixture: Fixture; tokens: Tokens }> {
  const fixture: Fixture = {
    ...{ asker: newId(at), author: newId(at), somebody: newId(at) },
    ...{ category: newId(at), otherCategory: newId(at), product: newId(at), otherProduct: newId(at) },
  };
  const tokens = new Map<Column, string | undefined>();
  await forum.db.transaction(async (tx) => {
    for (const id of [fixture.category, fixture.otherCategory])
      await insertRow(tx, 'category', { id, slug: id, name: id });
    for (const id of [fixture.product, fixture.otherProduct])
      await insertRow(tx, 'product', { id, slug: id, name: id });
    for (const column of columns) {
      const viewer = column.viewer(fixture);
      tokens.set(column, undefined);
      if (!viewer) continue;
      const { canWrite, moderates, speaksFor } = viewer;
      // an admin apart from the scope: only the key stops them
      const role = canWrite ? viewer.role : 'ADMIN';
      const authorId = viewer.id === fixture.somebody ? newId(at) : viewer.id;
      await createAuthor(tx, { id: authorId, role, name: column.title, createdAt: at });
      for (const categoryId of moderates === 'ALL' ? [] : moderates)
        await insertRow(tx, 'moderated_category', { authorId, categoryId });
      for (const productId of speaksFor) await insertRow(tx, 'vendor_product', { authorId, productId });
      const scopes = canWrite ? SCOPES_OF[role] : (['READ'] as const);
      const key = { authorId, name: column.title, scopes, createdAt: at, expiresAt: null };
      tokens.set(column, (await issueApiKey(tx, newId, key)).token);
    }
  });
  return { fixture, tokens };
}

const idIn = ({ data, errors }: Answer, of: string): string => {
  if (errors) throw new Error(JSON.stringify(errors));
  const [payload] = Object.values(data) as Record<string, { id: string }>[];
  return payload?.[of]?.id ?? '';
};

/** Asks and comments anew, so that what one column does is not there for the next. */
export async function addSituation(
  forum: Forum,
  {
    asker,
    author,
    category,
    product,
  }: Pick<Fixture, 'category' | 'product'> & { asker: string; author: string },
  situation: Situation,
): Promise<Things> {
  const about = { categoryId: globalId('Category', category), productId: globalId('Product', product) };
  const asked = await forum.do(
    'createDiscussion',
    { title: 'A?', body: 'A?', ...about },
    'discussion { id }',
    asker,
  );
  const discussionId = idIn(asked, 'discussion');
  if (situation === 'discussion deleted by its asker')
    await forum.do('deleteDiscussion', { discussionId }, 'deletedDiscussionId', asker);
  if (situation === 'discussion deleted by its asker' || situation === 'without comments')
    return { ...NOTHING, discussionId };
  if (situation === 'entry not in use') return { ...(await addEntries(forum)), discussionId };
  const said = await forum.do(
    'addComment',
    { discussionId, body: 'B.' },
    'comment { id author { id } }',
    author,
  );
  const commentId = idIn(said, 'comment');
  const authorId = said.data.addComment.comment.author.id;
  if (situation === 'comment deleted by its author') {
    // a reply keeps its place, so that there is something to see
    idIn(
      await forum.do(
        'addComment',
        { discussionId, replyToId: commentId, body: 'C.' },
        'comment { id }',
        asker,
      ),
      'comment',
    );
    idIn(await forum.do('deleteComment', { commentId }, 'comment { id }', author), 'comment');
  }
  if (situation === 'edited') {
    const edited = { discussionId, body: 'A, B or C?' };
    idIn(await forum.do('updateDiscussion', edited, 'discussion { id }', asker), 'discussion');
    idIn(await forum.do('updateComment', { commentId, body: 'C.' }, 'comment { id }', author), 'comment');
  }
  if (situation === 'comment is official') {
    const where = { id: commentId.slice(2) };
    await forum.db.write((tx) => tx.comment.update({ where, data: { isOfficial: true } }));
  }
  if (situation === 'locked') {
    const where = { id: discussionId.slice(2) };
    await forum.db.write((tx) => tx.discussion.update({ where, data: { lockedAt: at } }));
  }
  const other = { title: 'Another?', body: 'A?' };
  const otherDiscussionId = idIn(
    await forum.do('createDiscussion', other, 'discussion { id }', asker),
    'discussion',
  );
  return { ...NOTHING, discussionId, otherDiscussionId, commentId, authorId };
}

const NOTHING: Things = {
  discussionId: '',
  otherDiscussionId: '',
  commentId: '',
  authorId: '',
  categoryId: '',
  productId: '',
  tagId: '',
};

async function addEntries({ db }: Forum): Promise<Things> {
  const id = newId(at);
  await db.transaction(async (tx) => {
    for (const table of ['category', 'product', 'tag'] as const)
      await insertRow(tx, table, { id, slug: id, name: id });
  });
  const [categoryId, productId, tagId] = [
    globalId('Category', id),
    globalId('Product', id),
    globalId('Tag', id),
  ];
  return { ...NOTHING, categoryId, productId, tagId };
}
