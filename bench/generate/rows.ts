import type { Database } from 'better-sqlite3';
import { controversyScore, hotScore, slugOf, votes, wilsonLowerBound } from '../forum-sources.ts';
import { at, FIRST_INSTANT, LAST_INSTANT, type Plan } from './plan.ts';
import { type Random, randomOf, rowIds } from './random.ts';
import { bodyWriter, categoryNames, people, productName, type Title, titled, titleWriter } from './text.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

type Value = string | number | null;

/** A prepared INSERT: the columns are those of the first row. Every row must have them in the same order. */
function inserter(db: Database, table: string): (row: Readonly<Record<string, Value>>) => void {
  let run: ((values: Value[]) => void) | null = null;
  return (row) => {
    if (!run) {
      const columns = Object.keys(row);
      const places = columns.map(() => '?').join(', ');
      const insert = db.prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${places})`);
      run = (values) => insert.run(...values);
    }
    run(Object.values(row));
  };
}

/** Writes the whole forum, every counter and score as the project would have computed it. */
export function insertAll(db: Database, plan: Plan): void {
  const authorIds = insertAuthors(db, plan);
  const catalogue = insertCatalogue(db, plan);
  insertRelatedLinks(db, plan, insertDiscussions(db, plan, authorIds, catalogue));
  insertComments(db, plan, authorIds);
  insertVotes(db, plan, authorIds);
}

/** All of them are older than the first discussion. */
function insertAuthors(db: Database, { size, seed }: Plan): string[] {
  const random = randomOf(seed, 'authors');
  const newId = rowIds(random);
  const insert = inserter(db, 'author');
  return Array.from({ length: size.authors }, () => {
    const created_at = FIRST_INSTANT - random.below(700 * DAY);
    const id = newId(created_at);
    const kind = random.unit();
    const may = <T>(share: number, value: T) => (random.chance(share) ? value : null);
    insert({
      id,
      role: kind < 0.97 ? 'MEMBER' : kind < 0.99 ? 'VENDOR' : 'MODERATOR',
      name: may(0.85, `${random.pick(people.given)} ${random.pick(people.family)}`),
      title: may(0.9, random.pick(people.titles)),
      company: may(0.6, random.pick(people.companies)),
      company_segment: may(0.6, random.pick(people.segments)),
      industry: may(0.6, random.pick(people.industries)),
      avatar_url: may(0.5, `https://pictures.example/${id}.png`),
      created_at,
    });
    return id;
  });
}

/** Each product belongs to the field of one category. */
function insertCatalogue(db: Database, { size, seed }: Plan) {
  const random = randomOf(seed, 'catalogue');
  const newId = rowIds(random);
  const [insertCategory, insertProduct] = [inserter(db, 'category'), inserter(db, 'product')];
  const categoryIds = Array.from({ length: size.categories }, (_, i) => {
    const name = categoryNames[i] ?? `Category ${i + 1}`;
    const id = newId(FIRST_INSTANT - DAY + i);
    insertCategory({ id, slug: slugOf(name), name, is_answerable: 1 });
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

function insertDiscussions(
  db: Database,
  plan: Plan,
  authorIds: readonly string[],
  catalogue: ReturnType<typeof insertCatalogue>,
): Title[] {
  const { threads, comments, commentIds, discussionVotes } = plan;
  const random = randomOf(plan.seed, 'discussions');
  const [nextTitle, nextBody] = [titleWriter(random), bodyWriter(random)];
  const insert = inserter(db, 'discussion');
  return plan.discussionIds.map((id, i) => {
    const product = catalogue[at(threads.product, i)];
    const title = nextTitle(product?.name ?? '');
    const body = nextBody();
    const createdAt = at(threads.createdAt, i);
    let [last, topLevel, visible] = [-1, 0, 0];
    for (let c = at(threads.firstComment, i); c < at(threads.firstComment, i + 1); c++) {
      if (comments.depth[c] === 0 && (!comments.isDeleted[c] || at(comments.replies, c) > 0)) topLevel++;
      if (comments.isDeleted[c]) continue;
      visible++;
      last = c;
    }
    const counts = countsOf(discussionVotes, i);
    insert({
      ...{ id, slug: title.slug, title: title.title, title_key: title.titleKey },
      ...{ body: body.source, body_html: body.html, body_text: body.text },
      author_id: random.chance(0.97) ? (authorIds[at(threads.author, i)] ?? null) : null,
      category_id: product?.categoryId ?? null,
      product_id: product?.id ?? null,
      created_at: createdAt,
      ...counts,
      comment_count: visible,
      top_level_comment_count: topLevel,
      last_comment_id: commentIds[last] ?? null,
      last_activity_at: last < 0 ? createdAt : at(comments.createdAt, last),
      hot_score: hotScore(counts.net_upvotes, visible, createdAt),
    });
    return title;
  });
}

function countsOf({ up, down }: Plan['commentVotes'], i: number) {
  const { upvoteCount, downvoteCount, netUpvotes } = votes(0, at(up, i), at(down, i));
  return {
    upvote_count: upvoteCount,
    downvote_count: downvoteCount,
    net_upvotes: netUpvotes,
    controversy_score: controversyScore(upvoteCount, downvoteCount),
  };
}

/** As many links lead to pages elsewhere. */
const ELSEWHERE_SHARE = 0.1;

/** Inserts the links from each discussion to others that are like it. */
function insertRelatedLinks(db: Database, plan: Plan, titles: readonly Title[]): void {
  const { size, discussionIds, threads } = plan;
  const random = randomOf(plan.seed, 'related');
  const newId = rowIds(random);
  const insert = inserter(db, 'related_link');
  discussionIds.forEach((discussion_id, i) => {
    const targets = new Set<number>();
    while (targets.size < Math.min(size.relatedLinks, size.discussions - 1)) {
      const target = random.below(size.discussions);
      if (target !== i) targets.add(target);
    }
    [...targets].forEach((target, position) => {
      const elsewhere = random.chance(ELSEWHERE_SHARE);
      const { title, titleKey, slug } = elsewhere
        ? titled(`What else is asked about question ${i + 1}, part ${position + 1}?`)
        : (titles[target] as Title);
      insert({
        ...{ id: newId(LAST_INSTANT), discussion_id, position, source: 'IMPORTED', title },
        url: `https://reviews.example/discussions/${slug}`,
        title_key: titleKey,
        created_at: at(threads.createdAt, target),
        imported_comment_count: random.below(40),
        target_id: elsewhere ? null : (discussionIds[target] ?? null),
      });
    });
  });
}

/** In the order of time. */
function insertComments(db: Database, plan: Plan, authorIds: readonly string[]): void {
  const { comments, commentIds, discussionIds, commentVotes } = plan;
  const random = randomOf(plan.seed, 'comment rows');
  const nextBody = bodyWriter(random);
  const insert = inserter(db, 'comment');
  for (const i of plan.commentsByTime) {
    const body = nextBody();
    const author_id = random.chance(0.98) ? (authorIds[at(comments.author, i)] ?? null) : null;
    const created_at = at(comments.createdAt, i);
    const isDeleted = comments.isDeleted[i] === 1;
    const counts = countsOf(commentVotes, i);
    insert({
      id: commentIds[i] ?? '',
      discussion_id: discussionIds[at(comments.thread, i)] ?? '',
      reply_to_id: commentIds[at(comments.parent, i)] ?? null,
      depth: at(comments.depth, i),
      ...{ body: body.source, body_html: body.html, body_text: body.text, author_id, created_at },
      deleted_at: isDeleted ? created_at + HOUR : null,
      deleted_by_id: isDeleted ? author_id : null,
      is_official: random.chance(0.01) ? 1 : 0,
      is_verified_user: random.chance(0.15) ? 1 : 0,
      ...counts,
      reply_count: at(comments.replies, i),
      direct_reply_count: at(comments.directReplies, i),
      best_score: wilsonLowerBound(counts.upvote_count, counts.downvote_count),
    });
  }
}

/** All votes that the counters of discussions and comments have counted. */
function insertVotes(db: Database, plan: Plan, authorIds: readonly string[]): void {
  const { threads, comments, discussionIds, commentIds } = plan;
  const random = randomOf(plan.seed, 'votes');
  const onDiscussion = voting(db, 'discussion', plan.discussionVotes, authorIds, random);
  discussionIds.forEach((id, i) => {
    onDiscussion(i, id, at(threads.author, i), at(threads.createdAt, i));
  });
  const onComment = voting(db, 'comment', plan.commentVotes, authorIds, random);
  for (const i of plan.commentsByTime)
    onComment(i, commentIds[i] ?? '', at(comments.author, i), at(comments.createdAt, i));
}

/** Casts the votes on one subject within three days. Its author does not vote. */
function voting(
  db: Database,
  subject: 'discussion' | 'comment',
  { up, down }: Plan['commentVotes'],
  authorIds: readonly string[],
  random: Random,
) {
  const insert = inserter(db, `${subject}_vote`);
  const authors = authorIds.length;
  const step = stepThrough(authors, random);
  return (i: number, id: string, author: number, createdAt: number) => {
    const all = at(up, i) + at(down, i);
    if (all === 0) return;
    let voter = random.below(authors);
    for (let cast = 0; cast < all; voter = (voter + step) % authors) {
      if (voter === author) continue;
      const cast_at = createdAt + 1 + Math.floor(3 * DAY * random.unit());
      const value = cast < at(up, i) ? 1 : -1;
      const author_id = authorIds[voter] ?? '';
      insert({ [`${subject}_id`]: id, author_id, value, created_at: cast_at, updated_at: cast_at });
      cast++;
    }
  };
}

/** A step through `authors` people that meets each of them once before it comes back. */
function stepThrough(authors: number, random: Random): number {
  const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));
  const step = 1 + random.below(authors);
  return gcd(step, authors) === 1 ? step : stepThrough(authors, random);
}
