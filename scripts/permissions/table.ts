import type { Verdict } from '../../src/access/verdict.ts';
import type { Viewer } from '../../src/access/viewer.ts';
import { COLUMNS, type Column, type Stage } from './columns.ts';
import { OWN_COLUMNS, OWN_ROWS, ownVerdictOf } from './own-rows.ts';
import { type Row, sceneOf } from './row.ts';
import { ROWS } from './rows.ts';

/** From the package's root. */
export const PERMISSIONS_FILE = 'docs/permissions.md';

/** Rules look at nothing of an id but whether it is the same. */
const STAGE: Stage = {
  ...{ asker: 'asker', author: 'author', somebody: 'somebody' },
  ...{ category: 'category', otherCategory: 'other category' },
  ...{ product: 'product', otherProduct: 'other product' },
};

/** What a row's rule says to a column. */
export function verdictOf(row: Row, column: Column): Verdict {
  const standing = column.viewer(STAGE);
  const credential = { kind: 'API_KEY', id: null } as const;
  const viewer: Viewer | null = standing && { ...standing, credential };
  return row.rule(viewer, sceneOf(STAGE, row.situation));
}

const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;

/** The table as a page: written by `npm run permissions`, and compared by a test. */
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

/** The mutations about accounts, which depend on the credential and not on the role. */
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
