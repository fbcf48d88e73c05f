import type { Database, Statement } from 'better-sqlite3';
import { countDiscussion, countThread, slugOf } from '../forum-sources.ts';
import { type Random, randomOf, rowIds } from './random.ts';
import type { Size } from './sizes.ts';
import { bodies, categoryNames, people, productName, type Title, titled, titleWriter } from './text.ts';
import { FIRST_INSTANT, LAST_INSTANT, placeComments, splitVotes, spread, threadSizes } from './threads.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

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
  const products = insertCatalogue(db, size, randomOf(seed, 'catalogue'));
  const threads = insertThreads(db, size, seed, authorIds, products);
  insertRelatedLinks(db, size, randomOf(seed, 'related'), threads);
}

/** All of them are older than the first discussion. */
function insertAuthors(db: Database, size: Size, random: Random): string[] {
  const newId = rowIds(random);
  const insert = inserter(db, 'author');
  return Array.from({ length: size.authors }, () => {
    const createdAt = FIRST_INSTANT - random.below(700 * DAY);
    const id = newId(createdAt);
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
function insertCatalogue(db: Database, size: Size, random: Random) {
  const newId = rowIds(random);
  const [insertCategory, insertProduct] = [inserter(db, 'category'), inserter(db, 'product')];
  const categoryIds = Array.from({ length: size.categories }, (_, i) => {
    const name = categoryNames[i] ?? `Category ${i + 1}`;
    const id = newId(FIRST_INSTANT - DAY + i);
    insertCategory({ id, slug: slugOf(name), name, isAnswerable: 1 });
    return id;
  });
  return Array.from({ length: size.products }, (_, i) => {
    const name = productName(i);
    const id = newId(FIRST_INSTANT - DAY + i);
    const slug = slugOf(name);
    insertProduct({ id, slug, name, url: random.chance(0.5) ? `https://${slug}.example` : null });
    return { id, name, categoryId: categoryIds[i % size.categories] ?? null };
  });
}

interface Thread extends Title {
  readonly id: string;
  readonly createdAt: number;
}

const COMMENT_VOTES_SHARE = 0.85;
const VOTE_SPREAD = 1.3;

/** Inserts discussions in the order of time, each with its comments and the votes on them. */
function insertThreads(
  db: Database,
  size: Size,
  seed: number,
  authorIds: readonly string[],
  products: ReturnType<typeof insertCatalogue>,
): Thread[] {
  const random = randomOf(seed, 'threads');
  const [newId, nextTitle, bodyOf] = [rowIds(random), titleWriter(random), bodies(random)];
  const insert = inserter(db, 'discussion');
  const drafts = commentDrafts(db, bodyOf);
  const voteOn = {
    discussion: voting(db, 'discussion', authorIds),
    comment: voting(db, 'comment', authorIds),
  };
  // nobody votes on what they wrote
  const voters = size.authors - 1;
  const onComments = Math.round(size.votes * COMMENT_VOTES_SHARE);
  const commentVotes = spread(onComments, size.comments, VOTE_SPREAD, voters, random);
  const votes = spread(size.votes - onComments, size.discussions, VOTE_SPREAD, voters, random);
  // a few write much, most write little
  const anyAuthor = () => authorIds[Math.floor(authorIds.length * random.unit() ** 2)] ?? null;
  const span = 0.98 * (LAST_INSTANT - FIRST_INSTANT);
  const instants = Float64Array.from(votes, () => FIRST_INSTANT + Math.floor(span * random.unit())).sort();
  let first = 0;
  const threads = threadSizes(size, random).map((count, i) => {
    const createdAt = instants[i] ?? 0;
    const placed = placeComments(count, createdAt, random).map((comment) => {
      return { ...comment, importedNetVotes: 0, authorId: random.chance(0.98) ? anyAuthor() : null };
    });
    const { counters: replies } = countThread(placed.map((one) => ({ ...one, up: 0, down: 0 })));
    // the most votes go to comments with many replies
    const most = commentVotes.slice(first, first + count).sort((a, b) => b - a);
    const weights = replies.map((one) => (1 + one.directReplyCount) * Math.exp(random.normal()));
    const ranks = new Map(
      weights
        .map((weight, index) => ({ weight, index }))
        .sort((a, b) => b.weight - a.weight)
        .map(({ index }, rank) => [index, rank]),
    );
    first += count;
    const comments = placed.map((one, index) => ({
      ...one,
      ...splitVotes(most[ranks.get(index) ?? 0] ?? 0, random),
    }));
    const { thread, counters } = countThread(comments);
    const product = products[Math.floor(products.length * random.unit() ** 1.5)];
    const title = nextTitle(product?.name ?? '');
    const id = newId(createdAt);
    const cast = splitVotes(votes[i] ?? 0, random);
    const body = bodyOf(random.below(2 ** 31));
    const authorId = random.chance(0.97) ? anyAuthor() : null;
    insert({
      ...{ id, ...title, body: body.source, bodyHtml: body.html, bodyText: body.text, authorId, createdAt },
      ...{ categoryId: product?.categoryId ?? null, productId: product?.id ?? null },
      ...countDiscussion({ createdAt, importedNetVotes: 0, ...cast, ...thread }),
    });
    voteOn.discussion({ id, authorId, createdAt, ...cast }, random);
    comments.forEach(({ up, down, isDeleted, importedNetVotes, ...comment }, index) => {
      drafts.add({
        ...{ ...comment, discussionId: id, ...counters[index] },
        ...{ body: random.below(2 ** 31), bodyHtml: '', bodyText: '' },
        deletedAt: isDeleted ? comment.createdAt + HOUR : null,
        deletedById: isDeleted ? comment.authorId : null,
        isOfficial: random.chance(0.01) ? 1 : 0,
        isVerifiedUser: random.chance(0.15) ? 1 : 0,
        importedNetVotes,
      });
      voteOn.comment({ ...comment, up, down }, random);
    });
    return { ...title, id, createdAt };
  });
  drafts.store();
  return threads;
}

/** Stores comments in the order of time, as a forum would have stored them. They are drawn thread by thread. */
function commentDrafts(db: Database, bodyOf: ReturnType<typeof bodies>) {
  const like = db.prepare(`SELECT sql FROM sqlite_master WHERE name = 'comment'`).pluck().get();
  db.exec(String(like).replace(/"?comment"?/, 'temp.draft'));
  db.function('body_of', (body, part) => bodyOf(Number(body))[part as 'source' | 'html' | 'text']);
  return {
    add: inserter(db, 'draft'),
    store: () => {
      db.exec(`UPDATE draft SET body_html = body_of(body, 'html'), body_text = body_of(body, 'text'),
        body = body_of(body, 'source')`);
      db.exec('INSERT INTO comment SELECT * FROM draft ORDER BY created_at, id');
      db.exec('DROP TABLE draft');
    },
  };
}

interface Subject {
  readonly id: string;
  readonly authorId: string | null;
  readonly createdAt: number;
  readonly up: number;
  readonly down: number;
}

/** Casts the votes on one subject within three days. Its author does not vote. */
function voting(db: Database, kind: 'discussion' | 'comment', authorIds: readonly string[]) {
  const insert = inserter(db, `${kind}_vote`);
  return ({ id, authorId, createdAt, up, down }: Subject, random: Random) => {
    let voter = random.below(authorIds.length);
    for (let cast = 0; cast < up + down; voter = (voter + 1) % authorIds.length) {
      if (authorIds[voter] === authorId) continue;
      const at = createdAt + 1 + Math.floor(3 * DAY * random.unit());
      const value = cast < up ? 1 : -1;
      const vote = { authorId: authorIds[voter] ?? '', value, createdAt: at, updatedAt: at };
      insert({ [`${kind}Id`]: id, ...vote });
      cast++;
    }
  };
}

/** As many links lead to pages elsewhere. */
const ELSEWHERE_SHARE = 0.1;

/** Inserts the links from each discussion to others that are like it. */
function insertRelatedLinks(db: Database, size: Size, random: Random, threads: readonly Thread[]): void {
  const newId = rowIds(random);
  const insert = inserter(db, 'related_link');
  threads.forEach(({ id: discussionId }, i) => {
    const others = new Set<Thread>();
    while (others.size < Math.min(size.relatedLinks, threads.length - 1)) {
      const other = random.pick(threads);
      if (other.id !== discussionId) others.add(other);
    }
    [...others].forEach((other, position) => {
      const elsewhere = random.chance(ELSEWHERE_SHARE);
      const question = `What else is asked about question ${i + 1}, part ${position + 1}?`;
      const { title, titleKey, slug } = elsewhere ? titled(question) : other;
      insert({
        ...{ id: newId(LAST_INSTANT), discussionId, position, source: 'IMPORTED', title, titleKey },
        url: `https://reviews.example/discussions/${slug}`,
        createdAt: other.createdAt,
        importedCommentCount: random.below(40),
        targetId: elsewhere ? null : other.id,
      });
    });
  });
}
