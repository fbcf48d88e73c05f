import type { Database, Statement } from 'better-sqlite3';
import { countDiscussion, countThread, slugOf, titleKeyOf } from '../forum-sources.ts';
import { type Random, randomOf } from './random.ts';
import { bodies, categoryNames, people, productNames, question } from './text.ts';

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
  const authorIds = insertAuthors(db, size, randomOf(seed, 'authors'));
  const products = insertCatalogue(db, randomOf(seed, 'catalogue'));
  const threads = insertThreads(db, size, randomOf(seed, 'threads'), authorIds, products);
  insertRelatedLinks(db, randomOf(seed, 'related'), threads);
}

/** All of them are older than the first discussion. */
function insertAuthors(db: Database, size: Size, random: Random): string[] {
  const insert = inserter(db, 'author');
  return Array.from({ length: size.authors }, () => {
    const createdAt = FIRST_INSTANT - random.below(700 * DAY);
    const id = random.id(createdAt);
    const kind = random.unit();
    const may = <T>(share: number, value: T) => (random.chance(share) ? value : null);
    insert({
      id,
      role: kind < 0.97 ? 'MEMBER' : kind < 0.99 ? 'VENDOR' : 'MODERATOR',
      name: may(0.85, `${random.pick(people.given)} ${random.pick(people.family)}`),
      title: may(0.9, random.pick(people.titles)),
      company: may(0.6, random.pick(people.companies)),
      companySegment: may(0.6, random.pick(people.segments)),
      industry: may(0.6, random.pick(people.industries)),
      avatarUrl: may(0.5, `https://pictures.example/${id}.png`),
      createdAt,
    });
    return id;
  });
}

/** Each product belongs to the field of one category. */
function insertCatalogue(db: Database, random: Random) {
  const [insertCategory, insertProduct] = [inserter(db, 'category'), inserter(db, 'product')];
  const named = (name: string, i: number) => ({
    id: random.id(FIRST_INSTANT - DAY + i),
    slug: slugOf(name),
    name,
  });
  const categories = categoryNames.map(named);
  for (const category of categories) insertCategory({ ...category, isAnswerable: 1 });
  return productNames.map(named).map((product, i) => {
    insertProduct({ ...product, url: random.chance(0.5) ? `https://${product.slug}.example` : null });
    return { ...product, categoryId: categories[i % categories.length]?.id ?? null };
  });
}

type Thread = Readonly<Record<'id' | 'title' | 'titleKey' | 'slug', string>> & { readonly createdAt: number };

/** Inserts discussions in the order of time, each with its comments and the votes on them. */
function insertThreads(
  db: Database,
  size: Size,
  random: Random,
  authorIds: readonly string[],
  products: ReturnType<typeof insertCatalogue>,
): Thread[] {
  const bodyOf = bodies(random);
  const [insert, insertComment] = [inserter(db, 'discussion'), inserter(db, 'comment')];
  const voteOn = (kind: 'discussion' | 'comment') => voting(db, kind, authorIds);
  const [voteOnDiscussion, voteOnComment] = [voteOn('discussion'), voteOn('comment')];
  // a few write much, most write little
  const author = (share: number) =>
    random.chance(share) ? (authorIds[Math.floor(authorIds.length * random.unit() ** 2)] ?? null) : null;
  const span = 0.98 * (LAST_INSTANT - FIRST_INSTANT);
  const instants = Array.from({ length: size.discussions }, () => FIRST_INSTANT + random.below(span));
  const largest = random.below(size.discussions);
  const threads = instants
    .sort((a, b) => a - b)
    .map((createdAt, i) => {
      // half of all threads have fewer than nine comments, a few have hundreds
      const count = i === largest ? size.largestThread : Math.floor(9 * random.skewed(1.25));
      const id = random.id(createdAt);
      const comments = placeComments(count, createdAt, random).map(({ directReplies, ...comment }) => {
        const cast = castVotes(0.83 * (1 + directReplies) * random.skewed(1), size, random);
        return { ...comment, ...cast, importedNetVotes: 0, authorId: author(0.98) };
      });
      const { thread, counters } = countThread(comments);
      const product = products[Math.floor(products.length * random.unit() ** 1.5)];
      const title = question(random, product?.name ?? '', i + 1);
      const named = { id, title, titleKey: titleKeyOf(title), slug: slugOf(title) };
      const cast = castVotes(4.5 * random.skewed(1), size, random);
      const authorId = author(0.97);
      insert({
        ...{ ...named, ...bodyOf(), authorId, createdAt },
        ...{ categoryId: product?.categoryId ?? null, productId: product?.id ?? null },
        ...countDiscussion({ createdAt, importedNetVotes: 0, ...cast, ...thread }),
      });
      voteOnDiscussion({ id, authorId, createdAt, ...cast }, random);
      comments.forEach(({ up, down, isDeleted, ...comment }, index) => {
        insertComment({
          ...{ ...comment, ...bodyOf(), discussionId: id, ...counters[index] },
          deletedAt: isDeleted ? comment.createdAt + DAY : null,
          deletedById: isDeleted ? comment.authorId : null,
          isOfficial: random.chance(0.01) ? 1 : 0,
          isVerifiedUser: random.chance(0.15) ? 1 : 0,
        });
        voteOnComment({ ...comment, up, down }, random);
      });
      return { ...named, createdAt };
    });
  // written thread by thread, but stored in the order of time, as a forum would have stored them
  db.exec(`CREATE TEMP TABLE in_time AS SELECT * FROM comment ORDER BY created_at, id;
    DELETE FROM comment; INSERT INTO comment SELECT * FROM in_time; DROP TABLE in_time`);
  return threads;
}

const DEPTH_MAX = 4;

interface Placed {
  readonly id: string;
  readonly createdAt: number;
  readonly replyToId: string | null;
  readonly depth: number;
  readonly isDeleted: boolean;
  directReplies: number;
}

/** Most comments come in the first days, the last ones up to years later; no two of a thread in the same millisecond. */
function placeComments(count: number, start: number, random: Random): Placed[] {
  const span = Math.min(LAST_INSTANT - start, (20 + 300 * random.unit()) * DAY);
  const instants = Array.from({ length: count }, () => start + 60_000 + Math.floor(span * random.unit() ** 3));
  const placed: Placed[] = [];
  for (const [i, instant] of instants.sort((a, b) => a - b).entries()) {
    // early comments gather more replies
    const drawn = random.chance(0.6) ? placed[Math.floor(i * random.unit() ** 1.5)] : undefined;
    const parent = drawn && drawn.depth < DEPTH_MAX ? drawn : null;
    if (parent) parent.directReplies++;
    const createdAt = instant + i;
    placed.push({
      ...{ id: random.id(createdAt), createdAt, replyToId: parent?.id ?? null, depth: (parent?.depth ?? -1) + 1 },
      ...{ isDeleted: random.chance(0.004), directReplies: 0 },
    });
  }
  return placed;
}

/** Four of five votes are for their subject. Nobody votes on what they wrote. */
function castVotes(wanted: number, size: Size, random: Random) {
  const votes = Math.min(size.authors - 1, Math.round(wanted));
  const up = Math.round(votes * random.pick([0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 0.7, 0.7, 0.3]));
  return { up, down: votes - up };
}

interface Subject extends ReturnType<typeof castVotes> {
  readonly id: string;
  readonly authorId: string | null;
  readonly createdAt: number;
}

/** Casts the votes on one subject within three days. Its author does not vote. */
function voting(db: Database, kind: 'discussion' | 'comment', authorIds: readonly string[]) {
  const insert = inserter(db, `${kind}_vote`);
  return ({ id, authorId, createdAt, up, down }: Subject, random: Random) => {
    let voter = random.below(authorIds.length);
    for (let cast = 0; cast < up + down; voter = (voter + 1) % authorIds.length) {
      if (authorIds[voter] === authorId) continue;
      const at = createdAt + 1 + random.below(3 * DAY);
      const vote = {
        authorId: authorIds[voter] ?? '',
        value: cast < up ? 1 : -1,
        createdAt: at,
        updatedAt: at,
      };
      insert({ [`${kind}Id`]: id, ...vote });
      cast++;
    }
  };
}

/** Inserts five links from each discussion to others that are like it. One in ten leads to a page elsewhere. */
function insertRelatedLinks(db: Database, random: Random, threads: readonly Thread[]): void {
  const insert = inserter(db, 'related_link');
  threads.forEach(({ id: discussionId }, i) => {
    for (let position = 0; position < 5; position++) {
      const other = threads[(i + 1 + 37 * position) % threads.length];
      if (!other) continue;
      const isElsewhere = random.chance(0.1);
      const title = isElsewhere ? `What else is asked about ${other.title}` : other.title;
      insert({
        ...{ id: random.id(LAST_INSTANT), discussionId, position, source: 'IMPORTED', title },
        ...{ titleKey: titleKeyOf(title), url: `https://reviews.example/discussions/${other.slug}` },
        ...{ createdAt: other.createdAt, importedCommentCount: random.below(40) },
        targetId: isElsewhere ? null : other.id,
      });
    }
  });
}
