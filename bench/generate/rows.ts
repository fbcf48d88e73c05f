import type { Database, Statement } from 'better-sqlite3';
import { countDiscussion, countThread, nameKeysOf, slugOf, titleKeyOf } from '../forum-sources.ts';
import { type Random, randomOf } from './random.ts';
import { bodies, productNames, question, words } from './text.ts';

const DAY = 86_400_000;
/** The forum's first and last moment. Fixed, so that the rows do not depend on the day of the run. */
const FIRST_INSTANT = Date.UTC(2023, 0, 9);
const LAST_INSTANT = Date.UTC(2026, 5, 30);

/** How much a generated forum contains: about 20 comments a discussion, and two and a half votes a comment. */
export interface Size {
  readonly authors: number;
  readonly discussions: number;
  /** The comments of the largest thread. */
  readonly largestThread: number;
}

const times = (factor: number): Size => ({
  ...{ authors: 10_000 * factor, discussions: 20_000 * factor, largestThread: 5_000 },
});

/** The sizes to choose from. The largest thread is the same in all but the tiny one, so that growth shows beside it. */
export const sizes = {
  // generated in a fraction of a second, and still with every depth, deleted comments and empty threads
  tiny: { authors: 60, discussions: 200, largestThread: 400 },
  ...{ small: times(0.1), full: times(1), large: times(10) },
} as const satisfies Record<string, Size>;

export type SizeName = keyof typeof sizes;

type Row = Readonly<Record<string, string | number | null>>;

/** A prepared INSERT: the columns are the members of the first row. Every row has them in the same order. */
function inserter(db: Database, table: string): (row: Row) => void {
  let insert: Statement | null = null;
  return (row) => {
    if (!insert) {
      const columns = Object.keys(row).map((name) => name.replace(/[A-Z]/g, (letter) => `_${letter}`));
      insert = db.prepare(`INSERT INTO ${table} (${columns}) VALUES (${columns.map(() => '?')})`);
    }
    insert.run(...Object.values(row));
  };
}

/** Writes the whole forum. Counters and scores are counted by the project's own functions. */
export function insertAll(db: Database, size: Size, seed: number): void {
  const random = randomOf(seed, 'forum');
  const authorIds = insertAuthors(db, size, random);
  insertThreads(db, size, random, authorIds, insertCatalogue(db, random));
  // written thread by thread, but stored in the order of time, as a forum would have stored them
  db.exec(`CREATE TEMP TABLE in_time AS SELECT * FROM comment ORDER BY created_at, id;
    DELETE FROM comment; INSERT INTO comment SELECT * FROM in_time; DROP TABLE in_time`);
}

/** All of them are older than the first discussion. */
function insertAuthors(db: Database, size: Size, random: Random): string[] {
  const insert = inserter(db, 'author');
  const insertKey = inserter(db, 'author_name_key');
  return Array.from({ length: size.authors }, () => {
    const createdAt = FIRST_INSTANT - random.below(700 * DAY);
    const id = random.id(createdAt);
    const may = <T>(share: number, value: T) => (random.chance(share) ? value : null);
    const role = random.chance(0.97) ? 'MEMBER' : 'VENDOR';
    const name = may(0.85, `${random.pick(words('given names'))} ${random.pick(words('family names'))}`);
    insert({
      ...{ id, createdAt, role, name },
      title: may(0.9, random.pick(words('job titles'))),
      company: may(0.6, random.pick(words('companies'))),
      avatarUrl: may(0.5, `https://pictures.example/${id}.png`),
    });
    for (const key of nameKeysOf({ handle: null, name })) insertKey({ id, key });
    return id;
  });
}

/** Each product belongs to the field of one category. */
function insertCatalogue(db: Database, random: Random) {
  const [insertCategory, insertProduct] = [inserter(db, 'category'), inserter(db, 'product')];
  const named = (name: string) => ({ id: random.id(FIRST_INSTANT - DAY), slug: slugOf(name), name });
  const categories = words('categories').map(named);
  for (const category of categories) insertCategory({ ...category, isAnswerable: 1 });
  return productNames.map(named).map((product, i) => {
    insertProduct({ ...product, url: random.chance(0.5) ? `https://${product.slug}.example` : null });
    return {
      productId: product.id,
      product: product.name,
      categoryId: categories[i % categories.length]?.id ?? '',
    };
  });
}

/** Inserts discussions in the order of time, each with its related links, its comments and the votes on them. */
function insertThreads(
  db: Database,
  size: Size,
  random: Random,
  authorIds: readonly string[],
  products: ReturnType<typeof insertCatalogue>,
): void {
  const bodyOf = bodies(random);
  const [insert, insertComment] = [inserter(db, 'discussion'), inserter(db, 'comment')];
  const [insertVote, insertLink] = [inserter(db, 'comment_vote'), inserter(db, 'related_link')];
  // a few write much, most write little
  const anyAuthor = () => authorIds[Math.floor(authorIds.length * random.unit() ** 2)] ?? null;
  const span = 0.98 * (LAST_INSTANT - FIRST_INSTANT);
  const instants = Array.from({ length: size.discussions }, () => FIRST_INSTANT + random.below(span));
  const largest = random.below(size.discussions);
  const links: Readonly<Record<string, string | number | null>>[] = [];
  for (const [i, createdAt] of instants.sort((a, b) => a - b).entries()) {
    // half of all threads have fewer than nine comments, a few have hundreds
    const length = i === largest ? size.largestThread : Math.floor(9 * random.skewed(1.25));
    const comments = placeComments(length, createdAt, random, anyAuthor);
    const { thread, counters } = countThread(comments);
    const { product = '', ...of } = products[Math.floor(products.length * random.unit() ** 1.5)] ?? {};
    const title = question(random, product, i + 1);
    const named = { id: random.id(createdAt), title, titleKey: titleKeyOf(title), slug: slugOf(title) };
    // nobody has voted on discussions here: their votes count as imported
    const importedNetVotes = Math.round(4.5 * random.skewed(1));
    insert({
      ...{ ...named, ...bodyOf(), ...of, authorId: anyAuthor(), createdAt, importedNetVotes },
      ...countDiscussion({ createdAt, importedNetVotes, up: 0, down: 0, ...thread }),
    });
    // to five of those before it
    for (const [position, step] of [1, 38, 75, 112, 149].entries()) {
      const link = links.at(-step);
      if (link) insertLink({ id: random.id(LAST_INSTANT), discussionId: named.id, position, ...link });
    }
    const isElsewhere = random.chance(0.1);
    const linked = isElsewhere ? `Elsewhere: ${title}` : title;
    links.push({
      ...{ title: linked, titleKey: titleKeyOf(linked), targetId: isElsewhere ? null : named.id, createdAt },
      ...{ url: `https://reviews.example/discussions/${named.slug}`, importedCommentCount: length },
      source: 'IMPORTED',
    });
    for (const [index, { up, down, isDeleted, ...comment }] of comments.entries()) {
      insertComment({
        ...{ ...comment, ...bodyOf(), discussionId: named.id, ...counters[index] },
        deletedAt: isDeleted ? comment.createdAt + DAY : null,
        isOfficial: random.chance(0.01) ? 1 : 0,
        isVerifiedUser: random.chance(0.15) ? 1 : 0,
      });
      // nobody votes on what they wrote
      const first = random.below(authorIds.length);
      const others = Array.from(
        { length: up + down + 1 },
        (_, n) => authorIds[(first + n) % authorIds.length],
      );
      for (const [n, authorId = ''] of others
        .filter((id) => id !== comment.authorId)
        .slice(0, up + down)
        .entries()) {
        const votedAt = comment.createdAt + 1 + random.below(3 * DAY);
        const times = { createdAt: votedAt, updatedAt: votedAt };
        insertVote({ commentId: comment.id, authorId, value: n < up ? 1 : -1, ...times });
      }
    }
  }
}

const DEPTH_MAX = 4;

/** Most comments come in the first days, the last ones up to years later; no two of a thread in the same millisecond. */
function placeComments(length: number, start: number, random: Random, anyAuthor: () => string | null) {
  const span = Math.min(LAST_INSTANT - start, (20 + 300 * random.unit()) * DAY);
  const instants = Array.from({ length }, () => start + 60_000 + Math.floor(span * random.unit() ** 3));
  const placed: {
    id: string;
    createdAt: number;
    replyToId: string | null;
    depth: number;
    replies: number;
  }[] = [];
  for (const [i, instant] of instants.sort((a, b) => a - b).entries()) {
    // early comments gather more replies
    const drawn = random.chance(0.6) ? placed[Math.floor(i * random.unit() ** 1.5)] : undefined;
    const parent = drawn && drawn.depth < DEPTH_MAX ? drawn : null;
    if (parent) parent.replies++;
    const createdAt = instant + i;
    const [id, depth] = [random.id(createdAt), parent ? parent.depth + 1 : 0];
    placed.push({ id, createdAt, replyToId: parent?.id ?? null, depth, replies: 0 });
  }
  return placed.map(({ replies, ...comment }) => {
    // the tiny forum has 60 voters
    const votes = Math.min(50, Math.round(0.83 * (1 + replies) * random.skewed(1)));
    // four of five votes are for their subject
    const up = Math.round(votes * random.pick([0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 0.7, 0.7, 0.3]));
    const cast = { up, down: votes - up, importedNetVotes: 0 };
    return { ...comment, ...cast, authorId: anyAuthor(), isDeleted: random.chance(0.004) };
  });
}
