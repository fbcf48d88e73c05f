import type { Database } from 'better-sqlite3';
import { slugOf } from '../../src/text/slug.ts';
import { inserter } from './insert.ts';
import { type Random, randomOf } from './random.ts';
import { rowIds } from './row-ids.ts';
import type { Size } from './sizes.ts';
import { FIRST_INSTANT } from './threads.ts';
import * as words from './words.ts';

const DAY = 86_400_000;

/** Inserts the authors; answers their ids. All of them are older than the first discussion. */
export function insertAuthors(db: Database, size: Size, seed: number): string[] {
  const random = randomOf(seed, 'authors');
  const newId = rowIds(random);
  const insert = inserter(db, 'author');
  return Array.from({ length: size.authors }, () => {
    const created_at = FIRST_INSTANT - random.below(700 * DAY);
    const id = newId(created_at);
    const may = <T>(share: number, value: T) => (random.chance(share) ? value : null);
    insert({
      id,
      role: roleBy(random.unit()),
      name: may(0.85, `${random.pick(words.givenNames)} ${random.pick(words.familyNames)}`),
      title: may(0.9, random.pick(words.titles)),
      company: may(0.6, random.pick(words.companies)),
      company_segment: may(0.6, random.pick(words.segments)),
      industry: may(0.6, random.pick(words.industries)),
      avatar_url: may(0.5, `https://pictures.example/${id}.png`),
      created_at,
    });
    return id;
  });
}

function roleBy(chance: number): string {
  if (chance < 0.97) return 'MEMBER';
  return chance < 0.99 ? 'VENDOR' : 'MODERATOR';
}

/** The catalogue as discussions need it. */
export interface Catalogue {
  readonly categoryIds: readonly string[];
  readonly products: readonly { readonly id: string; readonly name: string; readonly category: number }[];
}

/** Inserts categories and products; each product belongs to the field of one category. */
export function insertCatalogue(db: Database, size: Size, seed: number): Catalogue {
  const random = randomOf(seed, 'catalogue');
  const newId = rowIds(random);
  const categories = inserter(db, 'category');
  const categoryIds = Array.from({ length: size.categories }, (_, i) => {
    const name = words.categoryNames[i] ?? `Category ${i + 1}`;
    const id = newId(FIRST_INSTANT - DAY + i);
    categories({ id, slug: slugOf(name), name, is_answerable: 1 });
    return id;
  });
  return { categoryIds, products: insertProducts(db, size, newId, random) };
}

function insertProducts(db: Database, size: Size, newId: (at: number) => string, random: Random) {
  const { productHeads, productTails } = words;
  const insert = inserter(db, 'product');
  return Array.from({ length: size.products }, (_, i) => {
    const tail = productTails[Math.floor(i / productHeads.length) % productTails.length];
    const name = `${productHeads[i % productHeads.length]}${tail}`;
    const id = newId(FIRST_INSTANT - DAY + i);
    const slug = slugOf(name);
    insert({ id, slug, name, url: random.chance(0.5) ? `https://${slug}.example` : null });
    return { id, name, category: i % size.categories };
  });
}
