import type { Database } from 'better-sqlite3';
import DataLoader from 'dataloader';
import { type ForumFiles, oneByOne } from '../floor/files.ts';
import * as rows from '../floor/present.ts';
import { addComment, setVote, signedIn, type Viewer, viewers } from '../floor/writes.ts';
import type { AddCommentInput, SetVoteInput } from '../queries.ts';

type Id = string | null;
type DiscussionRow = rows.DiscussionRow &
  rows.Of<'author_id' | 'category_id' | 'product_id' | 'last_comment_id', Id>;
type CommentRow = rows.CommentRow & rows.Of<'author_id', Id>;
type NamedRow = rows.Of<'id' | 'name' | 'slug', string>;
type AuthorRow = rows.Of<'id' | 'role', string> & rows.Of<'name' | 'jobTitle' | 'company' | 'avatarUrl', Id>;

const DISCUSSION = `SELECT ${rows.DISCUSSION}, d.author_id, d.category_id, d.product_id, d.last_comment_id
  FROM discussion d`;
const COMMENT = `SELECT ${rows.COMMENT}, c.author_id FROM comment c`;
const ONE_OF = 'IN (SELECT value FROM json_each(?))';
const NONE = { totalCount: 0, nodes: [] };

/** A row as the schema's fields read it, with what its relations are found by. */
const discussion = (row: DiscussionRow) => ({ __typename: 'Discussion', row, ...rows.discussion(row) });
const comment = (row: CommentRow) => ({
  ...{ __typename: 'Comment', row, ...rows.comment(row) },
  descendantCount: row.reply_count,
});
const named = (letter: string) => (row: NamedRow) => ({ ...row, id: `${letter}_${row.id}`, rowId: row.id });

type Discussion = ReturnType<typeof discussion>;
type Comment = ReturnType<typeof comment>;

/** A statement that is prepared once, for all rows of a key, for the one that it has, or for those of many keys. */
function reading<Row, T>(db: Database, sql: string, present: (row: Row) => T) {
  const statement = db.prepare<unknown[], Row>(sql);
  return {
    all: (...params: unknown[]) => statement.all(...params).map(present),
    one: (id: Id) => {
      const row = id === null ? undefined : statement.get(id);
      return row ? present(row) : null;
    },
    loader: (keyOf: (one: T) => string) =>
      new DataLoader<string, T | null>(async (ids) => {
        const found = new Map(
          statement
            .all(JSON.stringify(ids))
            .map(present)
            .map((one) => [keyOf(one), one]),
        );
        return ids.map((id) => found.get(id) ?? null);
      }),
  };
}

/** What a request's resolvers share. */
interface PeerContext {
  readonly viewer: Viewer | null;
  readonly authors: DataLoader<string, AuthorRow | null>;
  readonly comments: DataLoader<string, Comment | null>;
}

type First = { readonly first: number };
type Input<T> = { readonly input: T };

/** Resolvers over prepared statements and loaders, and what makes a request's context. Each write is a commit. */
export function peerOf({ reader: db, writer }: ForumFiles) {
  const names = (table: string, by: string) => `SELECT id, name, slug FROM ${table} WHERE ${by} = ?`;
  const categoryBySlug = reading(db, names('category', 'slug'), named('K'));
  const categoryById = reading(db, names('category', 'id'), named('K'));
  const productById = reading(db, names('product', 'id'), named('P'));
  const discussionById = reading(db, `${DISCUSSION} WHERE d.id = ? AND d.deleted_at IS NULL`, discussion);
  const newestOf = reading(
    db,
    `${DISCUSSION} WHERE d.category_id = ? AND d.deleted_at IS NULL
      ORDER BY d.created_at DESC, d.id DESC LIMIT ?`,
    discussion,
  );
  const bestOf = reading(
    db,
    `${COMMENT} WHERE c.discussion_id = ? AND c.reply_to_id IS NULL AND ${rows.LISTED}
      ORDER BY c.best_score DESC, c.id DESC LIMIT ?`,
    comment,
  );
  const repliesTo = reading(
    db,
    `${COMMENT} WHERE c.reply_to_id = ? AND ${rows.LISTED} ORDER BY c.created_at, c.id LIMIT ?`,
    comment,
  );
  const relatedTo = reading(db, rows.RELATED, rows.related);
  const authorsById = reading(
    db,
    `SELECT id, name, title jobTitle, company, avatar_url avatarUrl, role FROM author WHERE id ${ONE_OF}`,
    (row: AuthorRow) => row,
  );
  const commentsById = reading(db, `${COMMENT} WHERE c.id ${ONE_OF}`, comment);
  const viewerOf = viewers(db);
  const [add, vote, commits] = [addComment(writer), setVote(writer), oneByOne(writer)];
  const author = async (id: Id, { authors }: PeerContext) => {
    const found = id === null ? null : await authors.load(id);
    return found && { ...found, id: `A_${found.id}` };
  };
  const lastComment = ({ row }: Discussion, _: unknown, { comments }: PeerContext) =>
    row.last_comment_id === null ? null : comments.load(row.last_comment_id);

  const resolvers = {
    Query: {
      discussion: (_: unknown, { id }: { readonly id: string }) => discussionById.one(id.slice(2)),
      category: (_: unknown, { slug }: { readonly slug: string }) => categoryBySlug.one(slug),
    },
    Category: {
      discussions: ({ rowId }: { readonly rowId: string }, { first }: First) => ({
        nodes: newestOf.all(rowId, first),
      }),
    },
    Discussion: {
      author: ({ row }: Discussion, _: unknown, context: PeerContext) => author(row.author_id, context),
      category: ({ row }: Discussion) => categoryById.one(row.category_id),
      product: ({ row }: Discussion) => productById.one(row.product_id),
      lastComment,
      relatedDiscussions: ({ row }: Discussion) => relatedTo.all(row.id),
      comments: ({ row }: Discussion, { first }: First) => ({
        totalCount: row.top_level_comment_count,
        nodes: bestOf.all(row.id, first),
      }),
    },
    Comment: {
      author: ({ row, isDeleted }: Comment, _: unknown, context: PeerContext) =>
        isDeleted ? null : author(row.author_id, context),
      replies: ({ row }: Comment, { first }: First) =>
        row.direct_reply_count === 0
          ? NONE
          : { totalCount: row.direct_reply_count, nodes: repliesTo.all(row.id, first) },
    },
    Mutation: {
      addComment: async (_: unknown, { input }: Input<AddCommentInput>, context: PeerContext) => {
        const { id, discussionId } = await commits(add(input, signedIn(context)));
        return { comment: await context.comments.load(id), discussion: discussionById.one(discussionId) };
      },
      setVote: async (_: unknown, { input }: Input<SetVoteInput>, context: PeerContext) => {
        const subject = await commits(() => vote(input, signedIn(context)));
        const __typename = subject.id.startsWith('D_') ? 'Discussion' : 'Comment';
        return { subject: { __typename, ...subject } };
      },
    },
  };
  const context = (authorization: string | undefined): PeerContext => ({
    viewer: authorization === undefined ? null : viewerOf(authorization),
    authors: authorsById.loader(({ id }) => id),
    comments: commentsById.loader(({ row }) => row.id),
  });
  return { resolvers, context };
}
