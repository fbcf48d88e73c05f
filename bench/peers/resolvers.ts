// What the peers with hand-written resolvers share: prepared statements and loaders. Each write is a commit.
import { readFileSync } from 'node:fs';
import DataLoader from 'dataloader';
import type { AddCommentInput, SetVoteInput } from '../../src/generated/graphql.ts';
import { oneByOne, openFiles } from '../floor/files.ts';
import * as rows from '../floor/present.ts';
import { addComment, setVote, type Viewer, viewers } from '../floor/writes.ts';

/** The project's own contract. */
export const typeDefs = readFileSync('schema.graphql', 'utf8');

const { reader: db, writer } = openFiles(process.env['FORUM_FILE'] ?? '');

type Id = string | null;
const IN_DISCUSSION = `bodyHtml authorId categoryId productId lastCommentId ${rows.COUNTS.discussion}`;
const IN_COMMENT = `authorId ${rows.COUNTS.comment}`;
const DISCUSSION = `SELECT ${rows.columns('d', `${rows.DISCUSSION} ${IN_DISCUSSION}`)} FROM discussion d`;
const COMMENT = `SELECT ${rows.columns('c', `${rows.COMMENT} ${IN_COMMENT}`)} FROM comment c`;
const ONE_OF = 'IN (SELECT value FROM json_each(?))';

/** A row as the schema's fields read it, with what its relations are found by. */
const discussion = (row: rows.Row) => ({ __typename: 'Discussion', row, ...rows.discussion(row) });
const comment = (row: rows.Row) => ({
  ...{ __typename: 'Comment', row, ...rows.comment(row) },
  descendantCount: row.replyCount,
});
const named = (letter: string) => (row: rows.Row) => ({ ...row, row, id: `${letter}_${row.id}` });
const author = (row: rows.Row) => ({ row, ...rows.author(row), role: row.role });

/** What one of these made. */
type Parent = { readonly row: rows.Row };

/** A statement that is prepared once, for all rows of a key, for the one that it has, or for those of many keys. */
function reading<T extends Parent>(sql: string, present: (row: rows.Row) => T) {
  const statement = db.prepare<unknown[], rows.Row>(sql);
  const all = (...params: unknown[]) => statement.all(...params).map(present);
  return {
    all,
    one: (id: Id) => (id === null ? null : (all(id)[0] ?? null)),
    loader: () =>
      new DataLoader<string, T | null>(async (ids) => {
        const found = new Map(all(JSON.stringify(ids)).map((one) => [one.row.id, one]));
        return ids.map((id) => found.get(id) ?? null);
      }),
  };
}

const names = (table: string, by: string) => `SELECT id, name, slug FROM ${table} WHERE ${by} = ?`;
const categoryBySlug = reading(names('category', 'slug'), named('K'));
const categoryById = reading(names('category', 'id'), named('K'));
const productById = reading(names('product', 'id'), named('P'));
const discussionById = reading(`${DISCUSSION} WHERE d.id = ? AND d.deleted_at IS NULL`, discussion);
const newestOf = reading(
  `${DISCUSSION} WHERE d.category_id = ? AND d.deleted_at IS NULL ORDER BY d.created_at DESC, d.id DESC LIMIT ?`,
  discussion,
);
const bestOf = reading(
  `${COMMENT} WHERE c.discussion_id = ? AND c.reply_to_id IS NULL AND ${rows.LISTED}
    ORDER BY c.best_score DESC, c.id DESC LIMIT ?`,
  comment,
);
const repliesTo = reading(
  `${COMMENT} WHERE c.reply_to_id = ? AND ${rows.LISTED} ORDER BY c.created_at, c.id LIMIT ?`,
  comment,
);
const relatedTo = db.prepare<string, rows.Row>(rows.RELATED);
const authorsById = reading(
  `SELECT ${rows.columns('a', `${rows.AUTHOR} role`)} FROM author a WHERE id ${ONE_OF}`,
  author,
);
const commentsById = reading(`${COMMENT} WHERE c.id ${ONE_OF}`, comment);
const viewerOf = viewers(db);
const [add, vote, commits] = [addComment(writer, true), setVote(writer), oneByOne(writer)];

/** What makes a request's context: what its resolvers share. */
export const context = (authorization: string | undefined) => ({
  viewer: (): Viewer => viewerOf(authorization),
  authors: authorsById.loader(),
  comments: commentsById.loader(),
});
type Context = ReturnType<typeof context>;

type First = { readonly first: number };
type Input<T> = { readonly input: T };

const authorOf = (id: Id, { authors }: Context) => (id === null ? null : authors.load(id));

export const resolvers = {
  Query: {
    discussion: (_: unknown, { id }: { readonly id: string }) => discussionById.one(id.slice(2)),
    category: (_: unknown, { slug }: { readonly slug: string }) => categoryBySlug.one(slug),
  },
  Category: {
    discussions: ({ row }: Parent, { first }: First) => ({
      nodes: newestOf.all(row.id, first),
    }),
  },
  Discussion: {
    author: ({ row }: Parent, _: unknown, context: Context) => authorOf(row.authorId, context),
    category: ({ row }: Parent) => categoryById.one(row.categoryId),
    product: ({ row }: Parent) => productById.one(row.productId),
    lastComment: ({ row }: Parent, _: unknown, { comments }: Context) =>
      row.lastCommentId === null ? null : comments.load(row.lastCommentId),
    relatedDiscussions: ({ row }: Parent) => relatedTo.all(row.id).map(rows.related),
    comments: ({ row }: Parent, { first }: First) => ({
      totalCount: row.topLevelCommentCount,
      nodes: bestOf.all(row.id, first),
    }),
  },
  Comment: {
    author: ({ row }: Parent, _: unknown, context: Context) =>
      row.deletedAt === null ? authorOf(row.authorId, context) : null,
    replies: ({ row }: Parent, { first }: First) => ({
      totalCount: row.directReplyCount,
      nodes: row.directReplyCount === 0 ? [] : repliesTo.all(row.id, first),
    }),
  },
  Mutation: {
    addComment: async (_: unknown, { input }: Input<AddCommentInput>, context: Context) => {
      const { comment, discussion } = await commits(add(input, context.viewer()));
      return {
        comment: await context.comments.load(comment.id.slice(2)),
        discussion: discussionById.one(discussion.id.slice(2)),
      };
    },
    setVote: async (_: unknown, { input }: Input<SetVoteInput>, context: Context) => ({
      subject: { __typename: 'Comment', ...(await commits(() => vote(input, context.viewer()))) },
    }),
  },
};
