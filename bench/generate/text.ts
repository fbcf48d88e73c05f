// What the generated questions are about. The sentences say nothing; their lengths are those of a forum.
import { renderMarkdown, slugOf, titleKeyOf } from '../forum-sources.ts';
import type { Random } from './random.ts';

const list = (words: string) => words.split(', ');

export const categoryNames = list(
  'Access Management, Analytics, Backup, Billing, Business Messaging, Continuous Integration, Customer Support, Data Integration, Document Signing, Endpoint Protection, Expense Tracking, Field Service, Incident Response, Learning Platforms, Marketing Automation, Observability, Project Planning, Recruiting, Survey Tools, Warehouse Control',
);
const productHeads = list(
  'Alder, Beacon, Cobalt, Delta, Ember, Fathom, Granite, Harbor, Indigo, Juniper, Kestrel, Lumen, Marble, Northway, Opal, Pylon, Quarry, Ridge, Saffron, Tundra',
);
const productTails = list('base, board, desk, flow, grid, hub, line, loop, path, works');

export const productName = (i: number) =>
  `${productHeads[i % productHeads.length]}${productTails[Math.floor(i / productHeads.length) % productTails.length]}`;

export const people = {
  given: list(
    'Amina, Bela, Chen, Dara, Elif, Farid, Greta, Hanna, Imre, Jonas, Kofi, Lena, Mateo, Nadia, Oskar, Priya, Quinn, Rosa, Søren, Tomas, Uma, Vera, Wanda, Yuki',
  ),
  family: list(
    'Abara, Berg, Castillo, Dvořák, Eriksen, Fischer, Gupta, Haddad, Ito, Jansen, Kaya, Lindqvist, Moreau, Novak, Okafor, Petrov, Rossi, Silva, Tanaka, Umar, Vargas, Weber',
  ),
  titles: list(
    'Operations Lead, Systems Administrator, Finance Analyst, Head of Support, Platform Engineer, Product Owner, IT Manager, Compliance Officer, Marketing Specialist, Owner',
  ),
  companies: list('Brightwater, Corvid Labs, Elmstead, Fjord & Sons, Hazel Group, Ninefold'),
  segments: list('Small Business, Mid-Market, Enterprise'),
  industries: list('Retail, Education, Health Care, Banking, Logistics, Software'),
};

const questions = [
  'How does PRODUCT handle SUBJECT for AUDIENCE?',
  'Is PRODUCT good enough at SUBJECT for AUDIENCE?',
  'What does SUBJECT in PRODUCT cost AUDIENCE over a year?',
  'Which plan of PRODUCT includes SUBJECT for AUDIENCE?',
  'How long did it take AUDIENCE to set up SUBJECT in PRODUCT?',
  'What breaks first in PRODUCT when AUDIENCE rely on SUBJECT?',
  'How do AUDIENCE move SUBJECT from a spreadsheet to PRODUCT?',
  'Would AUDIENCE choose PRODUCT again for SUBJECT?',
];
const subjects = list(
  'single sign-on, audit logs, role permissions, bulk imports, nightly exports, web hooks, mobile access, offline work, custom fields, approval steps, report scheduling, data retention, rate limits, field mapping, guest accounts, seat counting, invoice splitting, time zones, currency conversion, version history, search, notifications, sandboxes, regional hosting, encryption keys, archiving, dashboards, alert routing, service levels, on-call plans',
);
const audiences = list(
  'small teams, large companies, agencies, schools, hospitals, non-profits, public offices, remote teams, start-ups, banks, shops, manufacturers, consultants, labs',
);
const openings = list(
  'In our case, For us, After two quarters, Since the last release, On the larger plan, At first, With about forty people, Once the pilot ended, From what support told us, To be fair',
);
const middles = list(
  'the set-up took an afternoon, the limits were hard to find, nothing had to be migrated twice, the import kept every field, we still export to a spreadsheet, permissions follow the team, the price rose with every seat, the mobile app lags behind, alerts reach the right person, two of the five reports were enough, the vendor answered within a day, search finds old entries',
);
const endings = list(
  'which was what we needed., so we stayed., and nobody has complained yet., but only for admins., unless you need history beyond a year., as long as somebody owns the settings., more or less., and I would check that before signing., though the trial does not show it., even on slow lines.',
);

/** What links to a discussion need of it. */
export interface Title {
  readonly title: string;
  readonly titleKey: string;
  readonly slug: string;
}

export const titled = (title: string): Title => ({ title, titleKey: titleKeyOf(title), slug: slugOf(title) });

/** Writes questions about a product, no two of which have the same slug or key. */
export function titleWriter(random: Random): (product: string) => Title {
  const taken = new Set<string>();
  return (product) => {
    for (let tries = 1; ; tries++) {
      // a much discussed product of a large forum runs out of questions
      const number = tries > 3 ? ` with ${random.below(10_000)} seats` : '';
      const question = random.pick(questions).replace('PRODUCT', product);
      const written = titled(
        question
          .replace('SUBJECT', random.pick(subjects))
          .replace('AUDIENCE', `${random.pick(audiences)}${number}`),
      );
      if (taken.has(written.slug) || taken.has(written.titleKey)) continue;
      taken.add(written.slug).add(written.titleKey);
      return written;
    }
  };
}

/** A body as it stands on a row. */
export interface Body {
  readonly source: string;
  readonly html: string;
  readonly text: string;
}

/** Enough for no two comments of a page to be alike, few enough to be rendered in a second. */
const BLOCKS = 2_000;

/**
 * Returns a function that gives each number a body of one to three blocks. The blocks are rendered once, by the
 * project's own renderer, and put together: top-level blocks of Markdown do not touch one another, so the result is
 * what rendering the whole would give.
 */
export function bodies(random: Random): (n: number) => Body {
  const blocks = Array.from({ length: BLOCKS }, () => block(random));
  const counts = [1, 1, 1, 1, 2, 2, 3];
  return (n) => {
    const chosen = Array.from({ length: counts[n % counts.length] ?? 1 }, (_, i) => {
      return blocks[(Math.floor(n / counts.length) + i * 619) % BLOCKS] as Body;
    });
    const joined = (part: keyof Body, by: string) => chosen.map((one) => one[part]).join(by);
    return { source: joined('source', '\n\n'), html: joined('html', '\n'), text: joined('text', '\n') };
  };
}

function block(random: Random): Body {
  const sentences = Array.from(
    { length: 1 + random.below(3) },
    () => `${random.pick(openings)}, ${random.pick(middles)}, ${random.pick(endings)}`,
  );
  if (random.chance(0.1)) sentences[0] = `**${(sentences[0] ?? '').slice(0, -1)}.**`;
  const source = sentences.join(' ');
  return { source, ...renderMarkdown(source) };
}
