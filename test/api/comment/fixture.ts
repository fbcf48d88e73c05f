import { globalId } from '../../../src/graphql/global-id.ts';
import { examine, type Finding } from '../../../src/operations/doctor/index.ts';
import { newId } from '../../../src/store/ids.ts';
import { insertRow } from '../../../src/store/index.ts';
import { type Answer, CAPTURED_AT, type Forum } from '../../support/forum.ts';

/** Somebody of the cast by name, or nobody who is signed in. */
export type Actor = string | null;

/** A discussion that ada asked about vic's product; mod moderates all categories, moira another one. */
export interface Fixture {
  readonly discussionId: string;
  readonly categoryId: string;
  /** Says something as one of the cast, and answers the comment's id. */
  say(who: string, body: string, replyToId?: string): Promise<string>;
  do(who: Actor, mutation: string, input: Record<string, unknown>, selection?: string): Promise<Answer>;
  /** One comment's fields, as a guest sees them; null where there is none. */
  see(id: string, fields: string): Promise<Answer['data']>;
  /** Its row, whether it can be seen or not. */
  row(id: string): Promise<{ replyCount: number; deletedAt: Date | null; body: string; revision: number }>;
  lock(isLocked: boolean): Promise<void>;
  /** Every row that a write to a comment may touch: equal where nothing was written. */
  rows(): Promise<object>;
  /** What the doctor finds, renderings included. */
  findings(): Promise<readonly Finding[]>;
}

const rowId = (id: string) => id.slice(2);

/** A fixture on a forum: each has a discussion, a category and a product of its own. */
export async function openFixture(forum: Forum, isAnswerable = true): Promise<Fixture> {
  const [category, elsewhere, product] = [newId(CAPTURED_AT), newId(CAPTURED_AT), newId(CAPTURED_AT)];
  const [vic, moira] = [await forum.as('vic').id(), await forum.as('moira').id()];
  await forum.db.transaction(async (tx) => {
    await insertRow(tx, 'category', { id: category, slug: category, name: 'Here', isAnswerable });
    await insertRow(tx, 'category', { id: elsewhere, slug: elsewhere, name: 'Elsewhere' });
    await insertRow(tx, 'product', { id: product, slug: product, name: 'Relay Desk' });
    await insertRow(tx, 'vendor_product', { authorId: rowId(vic), productId: product });
    await insertRow(tx, 'moderated_category', { authorId: rowId(moira), categoryId: elsewhere });
  });
  const place = { categoryId: globalId('Category', category), productId: globalId('Product', product) };
  const asked = await forum
    .as('ada')
    .do('createDiscussion', { title: 'Is it so?', body: 'Is it?', ...place }, 'discussion { id }');
  const discussionId: string = asked.data.createDiscussion.discussion.id;

  const act: Fixture['do'] = (who, mutation, input, selection = 'clientMutationId') =>
    (who === null ? forum : forum.as(who)).do(mutation, input, selection);
  return {
    discussionId,
    categoryId: place.categoryId,
    do: act,
    say: async (who, body, replyToId) => {
      const said = await act(who, 'addComment', { discussionId, body, replyToId }, 'comment { id }');
      return said.data.addComment.comment.id;
    },
    see: async (id, fields) => {
      const { data } = await forum.ask(
        `query ($id: ID!) { node(id: $id) { ... on Comment { ${fields} } } }`,
        { id },
      );
      return data.node;
    },
    row: (id) => forum.db.write((tx) => tx.comment.findUniqueOrThrow({ where: { id: rowId(id) } })),
    lock: async (isLocked) => {
      const where = { id: rowId(discussionId) };
      const data = { lockedAt: isLocked ? CAPTURED_AT : null };
      await forum.db.write((tx) => tx.discussion.update({ where, data }));
    },
    rows: () =>
      forum.db.write(async (tx) => ({
        discussions: await tx.discussion.findMany({ orderBy: { id: 'asc' } }),
        comments: await tx.comment.findMany({ orderBy: { id: 'asc' } }),
        revisions: await tx.commentRevision.findMany({ orderBy: { id: 'asc' } }),
        mentions: await tx.commentMention.findMany({ orderBy: [{ commentId: 'asc' }, { authorId: 'asc' }] }),
        votes: await tx.commentVote.findMany({ orderBy: [{ commentId: 'asc' }, { authorId: 'asc' }] }),
        keys: await tx.idempotencyKey.findMany({ orderBy: { hash: 'asc' } }),
      })),
    findings: async () => {
      const found: Finding[] = [];
      const onFinding = (finding: Finding) => found.push(finding);
      await examine(forum.db, { fix: false, rendering: true, onFinding });
      return found;
    },
  };
}
