import { readFileSync } from 'node:fs';
import path from 'node:path';
import { packageRoot } from '../../src/package-root.ts';
import { clients } from './all-clients.ts';
import { tools } from './all-tools.ts';
import { FLOWS, type Flow } from './client.ts';

export const page = path.join(packageRoot, 'docs/clients.md');

const manifest = readFileSync(path.join(packageRoot, 'test/clients/package.json'), 'utf8');
const versions = (JSON.parse(manifest) as { devDependencies: Record<string, string> }).devDependencies;
const versionOf = (name: string) => versions[name]?.replace(/^npm:.*@/, '') ?? '';

const HEADS: Readonly<Record<Flow, string>> = {
  thread: 'thread page',
  paging: 'paging both ways',
  vote: 'optimistic vote',
  comment: 'comment with cache update',
  error: 'error by code',
  retry: 'retry under one key',
};

/** docs/clients.md with the table of the flows that the suite runs. */
export function withTable(text: string): string {
  const flows = Object.keys(FLOWS) as Flow[];
  const rows = clients.map(({ name, package: from, flows: of }) => {
    const cells = flows.map((flow) => (of[flow] === null ? 'no cache' : 'yes'));
    return `| ${[name, versionOf(from), ...cells].join(' | ')} |`;
  });
  const table = [
    `| ${['client', 'version', ...flows.map((flow) => HEADS[flow])].join(' | ')} |`,
    `|${' --- |'.repeat(flows.length + 2)}`,
    ...rows,
    '',
    `| tool | version | tried |`,
    '| --- | --- | --- |',
    ...tools.map(({ package: from, tried }) => `| ${from} | ${versionOf(from)} | ${tried} |`),
  ];
  return text.replace(/(<!-- flows:.*-->\n)[\s\S]*?(<!-- \/flows -->)/, `$1\n${table.join('\n')}\n\n$2`);
}
