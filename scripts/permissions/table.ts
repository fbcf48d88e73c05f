import type { Verdict } from '../../src/access/verdict.ts';
import type { Viewer } from '../../src/access/viewer.ts';
import { OWN_COLUMNS, OWN_ROWS, ownVerdictOf } from './own-rows.ts';
import { type Row, sceneOf } from './row.ts';
import { ROWS } from './rows.ts';
import { COLUMNS, type Column, type Fixture } from './viewers.ts';

/** From the package's root. */
export const PERMISSIONS_FILE = 'docs/permissions.md';

/** Rules only compare ids, so any texts will do. */
const FIXTURE: Fixture = {
  ...{ asker: 'asker', author: 'author', somebody: 'somebody' },
  ...{ category: 'category', otherCategory: 'other category' },
  ...{ product: 'product', otherProduct: 'other product' },
};

/** The verdict of a row's rule for a column. */
export function verdictOf(row: Row, column: Column): Verdict {
  const scope = column.viewer(FIXTURE);
  const credential = { kind: 'API_KEY', id: null } as const;
  const viewer: Viewer | null = scope && { ...scope, credential };
  return row.rule(viewer, sceneOf(FIXTURE, row.situation));
}

const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;

/** The page that `npm run permissions` writes and a test compares. */
export function permissionsPage(): string {
  const head = ['mutation', 'situation', ...COLUMNS.map(({ title }) => title)];
  const cells = ROWS.map((row) => [
    `\`${row.mutation}\`${row.what && ` ${row.what}`}`,
    row.situation,
    ...COLUMNS.map((column) => verdictOf(row, column)).map(({ code }) => code ?? '✓'),
  ]);
  return `${[
    '# Permissions',
    '',
    '`npm run permissions` generates this page from the rules that the mutations and `viewerCan` share. A test tries each',
    'cell through the API on both databases. ✓ means that the mutation succeeds. Otherwise the cell contains the `code` of',
    'the error, and nothing is written. All settings have their defaults: nobody can vote on their own posts or in a',
    'locked discussion.',
    '',
    line(head),
    line(head.map(() => '---')),
    ...cells.map(line),
    '',
    ...COLUMNS.map(({ title, who }) => `- **${title}**: ${who}`),
    ...ownPart(),
  ].join('\n')}\n`;
}

/** Mutations about one's own account depend on the credential, not on the role. */
function ownPart(): string[] {
  const head = ['mutation', ...OWN_COLUMNS.map(({ title }) => title)];
  const cells = OWN_ROWS.map((row) => [
    `\`${row.mutation}\`${row.what && ` ${row.what}`}`,
    ...OWN_COLUMNS.map((column) => ownVerdictOf(row, column).code ?? '✓'),
  ]);
  return [
    ...['', '## Accounts, sessions and API keys', ''],
    'These mutations do not depend on the role. They concern one’s own account, or need only the secret.',
    ...['', line(head), line(head.map(() => '---')), ...cells.map(line), ''],
    ...OWN_COLUMNS.map(({ title, who }) => `- **${title}**: ${who}`),
  ];
}
