import { rowIdOf } from '../../../src/graphql/global-id.ts';
import { statement } from '../../../src/store/index.ts';
import { threadDocument } from '../../support/documents.ts';
import type { Forum, Person } from '../../support/forum.ts';

/** Makes the categories "fruit" and "roots" and the product "orchard"; answers their ids. */
export async function plantGarden(forum: Forum): Promise<{ fruit: string; roots: string; orchard: string }> {
  const imported = { product: 'Orchard', more: ['Tags: red, sweet'] };
  await forum.load(threadDocument({ title: 'About fruit', category: 'Fruit', ...imported }));
  await forum.load(threadDocument({ title: 'About roots', category: 'Roots' }));
  const { data } = await forum.ask(
    '{ fruit: category(slug: "fruit") { id } roots: category(slug: "roots") { id } product(slug: "orchard") { id } }',
  );
  return { fruit: data.fruit.id, roots: data.roots.id, orchard: data.product.id };
}

/** Lets a moderator of the cast keep these categories alone. */
export async function keepOnly(forum: Forum, moderator: Person, categoryId: string): Promise<void> {
  const [authorId, rowId] = [
    rowIdOf('Author', await moderator.id()) ?? '',
    rowIdOf('Category', categoryId) ?? '',
  ];
  await forum.db.write(async (tx) => {
    await tx.author.update({ where: { id: authorId }, data: { role: 'MODERATOR' } });
    await tx.apiKey.updateMany({ where: { authorId }, data: { scopes: 'READ WRITE MODERATE' } });
    await tx.moderatedCategory.create({ data: { authorId, categoryId: rowId } });
  });
}

/** Asks a question; answers its id. */
export async function ask(by: Person, input: Record<string, unknown> = {}): Promise<string> {
  const made = await by.do(
    'createDiscussion',
    { title: 'Is it ripe?', body: 'It is *green*.', ...input },
    'discussion { id }',
  );
  return made.data.createDiscussion.discussion.id;
}

const revisions = statement<{ revision: number; title: string; body: string }>(
  'test.revisions',
  'SELECT revision, title, body FROM discussion_revision ORDER BY discussion_id, revision',
);
export const revisionRows = (forum: Forum) => forum.db.read.all(revisions, []);
