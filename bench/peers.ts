import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { packageRoot } from '../src/package-root.ts';
import { isInstalled, PEERS, type Program } from './contenders.ts';

const folder = path.join(packageRoot, 'bench/peers');
const stamp = path.join(folder, 'node_modules/.installed-lock.json');

/** PostGraphile 5 asks for it in its package.json. */
const POSTGRAPHILE_NODE_MIN = 22;

/** The peers that can be measured here, and a sentence for each that cannot. */
export interface Peers {
  readonly programs: readonly Program[];
  readonly missing: readonly string[];
}

/** Installs the peers' packages where they are not there yet, beside and not among those of the project. */
export function preparePeers(): Peers {
  install();
  const ready = PEERS.filter(({ needs }) => needs === null || isInstalled(needs));
  const missing = PEERS.filter((one) => !ready.includes(one));
  return {
    programs: ready.map(({ program }) => program),
    missing: [
      ...missing.map(({ program }) => `${program.name}: not measured, its packages could not be installed.`),
      postgraphile(),
    ],
  };
}

function install(): void {
  const lock = readFileSync(path.join(folder, 'package-lock.json'), 'utf8');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  console.error('Installing the peers’ packages in bench/peers.');
  const args = ['ci', '--prefix', folder, '--ignore-scripts', '--loglevel=error'];
  const { status } = spawnSync('npm', args, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  if (status === 0) writeFileSync(stamp, lock);
}

function postgraphile(): string {
  const major = Number(process.versions.node.split('.')[0]);
  const why =
    major < POSTGRAPHILE_NODE_MIN
      ? `it needs Node ${POSTGRAPHILE_NODE_MIN} and this is ${process.versions.node}`
      : 'it has its own schema and needs PostgreSQL: no part of this run';
  return `PostGraphile: not measured, ${why}.`;
}
