import type { Database } from 'better-sqlite3';
import { controversyScore, hotScore, votes } from '../../src/forum/ranking.ts';
import { slugOf, titleKeyOf } from '../../src/text/slug.ts';
import { inserter } from './insert.ts';
import type { Catalogue } from './people.ts';
import type { Plan } from './plan.ts';
import { type Random, randomOf } from './random.ts';
import { bodyWriter } from './text.ts';
import { audiences, questions, subjects } from './words.ts';

/** What links to a discussion need of it. */
export interface Title {
  readonly title: string;
  readonly titleKey: string;
  readonly slug: string;
}

/** Inserts the discussions with their counters; answers their titles. No two titles make the same key. */
export function insertDiscussions(
  db: Database,
  plan: Plan,
  authorIds: readonly string[],
  catalogue: Catalogue,
): Title[] {
  const { threads, discussionIds } = plan;
  const random = randomOf(plan.seed, 'discussions');
  const nextTitle = titleWriter(random);
  const nextBody = bodyWriter(random);
  const insert = inserter(db, 'discussion');
  return discussionIds.map((id, i) => {
    const product = catalogue.products[threads.product[i] ?? 0];
    const title = nextTitle(product?.name ?? '');
    const body = nextBody();
    const createdAt = threads.createdAt[i] ?? 0;
    insert({
      id,
      slug: title.slug,
      title: title.title,
      title_key: title.titleKey,
      body: body.source,
      body_html: body.html,
      body_text: body.text,
      author_id: random.chance(0.97) ? (authorIds[threads.author[i] ?? 0] ?? null) : null,
      category_id: catalogue.categoryIds[product?.category ?? 0] ?? null,
      product_id: product?.id ?? null,
      created_at: createdAt,
      ...counters(plan, i, createdAt),
    });
    return title;
  });
}

function counters({ threads, comments, commentIds, discussionVotes }: Plan, i: number, createdAt: number) {
  let last = -1;
  let topLevel = 0;
  let visible = 0;
  for (let c = threads.firstComment[i] ?? 0; c < (threads.firstComment[i + 1] ?? 0); c++) {
    const isDeleted = comments.isDeleted[c] === 1;
    if (comments.depth[c] === 0 && (!isDeleted || (comments.replies[c] ?? 0) > 0)) topLevel++;
    if (isDeleted) continue;
    visible++;
    last = c;
  }
  const counts = votes(0, discussionVotes.up[i] ?? 0, discussionVotes.down[i] ?? 0);
  return {
    upvote_count: counts.upvoteCount,
    downvote_count: counts.downvoteCount,
    net_upvotes: counts.netUpvotes,
    comment_count: visible,
    top_level_comment_count: topLevel,
    last_comment_id: last < 0 ? null : (commentIds[last] ?? null),
    last_activity_at: last < 0 ? createdAt : (comments.createdAt[last] ?? createdAt),
    hot_score: hotScore(counts.netUpvotes, visible, createdAt),
    controversy_score: controversyScore(counts.upvoteCount, counts.downvoteCount),
  };
}

function titleWriter(random: Random): (product: string) => Title {
  const taken = new Set<string>();
  return (product) => {
    for (let tries = 1; ; tries++) {
      // a much discussed product of a large forum runs out of questions
      const number = tries > 3 ? ` with ${random.below(10_000)} seats` : '';
      const title = random
        .pick(questions)
        .replace('PRODUCT', product)
        .replace('SUBJECT', random.pick(subjects))
        .replace('AUDIENCE', `${random.pick(audiences)}${number}`);
      const written = { title, titleKey: titleKeyOf(title), slug: slugOf(title) };
      if (!taken.has(written.slug) && !taken.has(written.titleKey)) {
        taken.add(written.slug).add(written.titleKey);
        return written;
      }
    }
  };
}
