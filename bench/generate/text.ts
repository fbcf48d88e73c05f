// What the generated questions are about. The sentences say nothing; their lengths are those of a forum.
import { renderMarkdown } from '../forum-sources.ts';
import type { Random } from './random.ts';

const list = (words: string) => words.split(', ');

export const categoryNames = list(
  'Access Management, Analytics, Backup, Billing, Business Messaging, Continuous Integration, Customer Support, Data Integration, Document Signing, Endpoint Protection, Expense Tracking, Field Service, Incident Response, Learning Platforms, Marketing Automation, Observability, Project Planning, Recruiting, Survey Tools, Warehouse Control',
);
const heads = list('Alder, Beacon, Cobalt, Delta, Ember, Fathom, Granite, Harbor, Indigo, Juniper');
const tails = list(
  'base, board, core, desk, dock, flow, forge, gate, grid, hub, line, link, loop, mark, path, point, port, stack, way, works',
);

/** 200 names, no two of them alike. */
export const productNames = tails.flatMap((tail) => heads.map((head) => head + tail));

export const people = {
  given: list(
    'Amina, Chen, Dara, Elif, Farid, Greta, Imre, Kofi, Lena, Mateo, Priya, Rosa, Søren, Uma, Yuki',
  ),
  family: list(
    'Abara, Berg, Castillo, Dvořák, Eriksen, Gupta, Haddad, Ito, Kaya, Moreau, Novak, Okafor, Silva',
  ),
  titles: list(
    'Operations Lead, Systems Administrator, Finance Analyst, Platform Engineer, IT Manager, Owner',
  ),
  companies: list('Brightwater, Corvid Labs, Elmstead, Fjord & Sons, Hazel Group, Ninefold'),
  segments: list('Small Business, Mid-Market, Enterprise'),
  industries: list('Retail, Education, Health Care, Banking, Logistics, Software'),
};

const questions = [
  'How does PRODUCT handle SUBJECT for AUDIENCE?',
  'What does SUBJECT in PRODUCT cost AUDIENCE over a year?',
  'How long did it take AUDIENCE to set up SUBJECT in PRODUCT?',
  'How do AUDIENCE move SUBJECT from a spreadsheet to PRODUCT?',
  'Would AUDIENCE choose PRODUCT again for SUBJECT?',
];
const subjects = list(
  'single sign-on, audit logs, role permissions, bulk imports, nightly exports, web hooks, mobile access, offline work, custom fields, approval steps, report scheduling, data retention, rate limits, seat counting, time zones, version history, notifications, sandboxes, encryption keys, dashboards',
);
const audiences = list('small teams, large companies, agencies, schools, hospitals, banks, shops, labs');
const openings = list(
  'In our case, For us, After two quarters, Since the last release, On the larger plan, At first, With about forty people, Once the pilot ended, From what support told us, To be fair',
);
const middles = list(
  'the set-up took an afternoon, the limits were hard to find, nothing had to be migrated twice, the import kept every field, we still export to a spreadsheet, permissions follow the team, the price rose with every seat, the mobile app lags behind, alerts reach the right person, two of the five reports were enough, the vendor answered within a day, search finds old entries',
);
const endings = list(
  'which was what we needed., so we stayed., and nobody has complained yet., but only for admins., unless you need history beyond a year., as long as somebody owns the settings., more or less., and I would check that before signing., though the trial does not show it., even on slow lines.',
);

/** A question about a product. The number makes it the only one of its kind. */
export const question = (random: Random, product: string, number: number): string =>
  random
    .pick(questions)
    .replace('PRODUCT', product)
    .replace('SUBJECT', random.pick(subjects))
    .replace('AUDIENCE', `${random.pick(audiences)} with ${number} seats`);

/** A body as it stands on a row. */
export type Body = Readonly<Record<'body' | 'bodyHtml' | 'bodyText', string>>;

/** Enough for no two comments of a page to be alike, few enough to be rendered in a second. */
const BLOCKS = 2_000;

/**
 * Returns a function that makes bodies of one to three blocks. The blocks are rendered once, by the project's own
 * renderer, and put together: top-level blocks of Markdown do not touch one another, so the result is what rendering
 * the whole would give.
 */
export function bodies(random: Random): () => Body {
  const blocks = Array.from({ length: BLOCKS }, () => block(random));
  return () => {
    const chosen = Array.from({ length: random.pick([1, 1, 1, 1, 2, 2, 3]) }, () => random.pick(blocks));
    const joined = (part: keyof Body, by: string) => chosen.map((one) => one[part]).join(by);
    return {
      body: joined('body', '\n\n'),
      bodyHtml: joined('bodyHtml', '\n'),
      bodyText: joined('bodyText', '\n'),
    };
  };
}

function block(random: Random): Body {
  const sentences = Array.from(
    { length: 1 + random.below(3) },
    () => `${random.pick(openings)}, ${random.pick(middles)}, ${random.pick(endings)}`,
  );
  if (random.chance(0.1)) sentences[0] = `**${(sentences[0] ?? '').slice(0, -1)}.**`;
  const body = sentences.join(' ');
  const { html, text } = renderMarkdown(body);
  return { body, bodyHtml: html, bodyText: text };
}
