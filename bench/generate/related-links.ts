import type { Database } from 'better-sqlite3';
import { slugOf, titleKeyOf } from '../../src/text/slug.ts';
import type { Title } from './discussions.ts';
import { inserter } from './insert.ts';
import type { Plan } from './plan.ts';
import { type Random, randomOf } from './random.ts';
import { rowIds } from './row-ids.ts';
import { LAST_INSTANT } from './threads.ts';

/** As many links lead to pages elsewhere. */
const ELSEWHERE_SHARE = 0.1;
const SITE = 'https://reviews.example';

/** Inserts the links from each discussion to others that are like it. */
export function insertRelatedLinks(db: Database, plan: Plan, titles: readonly Title[]): void {
  const random = randomOf(plan.seed, 'related');
  const newId = rowIds(random);
  const insert = inserter(db, 'related_link');
  plan.discussionIds.forEach((discussionId, i) => {
    const targets = otherDiscussions(i, plan, random);
    targets.forEach((target, position) => {
      const elsewhere = random.chance(ELSEWHERE_SHARE);
      const { title, titleKey, slug } = elsewhere ? titleElsewhere(i, position) : (titles[target] as Title);
      insert({
        id: newId(LAST_INSTANT),
        discussion_id: discussionId,
        position,
        source: 'IMPORTED',
        title,
        url: `${SITE}/discussions/${slug}`,
        title_key: titleKey,
        created_at: plan.threads.createdAt[target] ?? null,
        imported_comment_count: random.below(40),
        target_id: elsewhere ? null : (plan.discussionIds[target] ?? null),
      });
    });
  });
}

function titleElsewhere(i: number, position: number): Title {
  const title = `What else is asked about question ${i + 1}, part ${position + 1}?`;
  return { title, titleKey: titleKeyOf(title), slug: slugOf(title) };
}

function otherDiscussions(i: number, { size }: Plan, random: Random): number[] {
  const wanted = Math.min(size.relatedLinks, size.discussions - 1);
  const chosen = new Set<number>();
  while (chosen.size < wanted) {
    const target = random.below(size.discussions);
    if (target !== i) chosen.add(target);
  }
  return [...chosen];
}
