import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { execForm, readStages } from '../../deploy/dockerfile.ts';
import { NATIVE } from '../../scripts/bundle.ts';
import { COMMANDS } from '../../src/cli/commands.ts';
import { packageRoot } from '../../src/package-root.ts';
import { readSettings } from '../../src/server/settings/settings.ts';

const read = (name: string) => readFileSync(path.join(packageRoot, name), 'utf8');
const manifest = JSON.parse(read('package.json'));
/** Node.js reads it, not Parley. */
const NOT_A_SETTING = 'NODE_ENV';
const settings = (text: string) =>
  Object.fromEntries(
    [...text.matchAll(/\b([A-Z_]+)=(\S+)/g)].map(([, name = '', value = '']) => [name, value]),
  );

describe('package.json', () => {
  test('has as dependencies what the bundle loads from node_modules, and nothing else', () => {
    expect(Object.keys(manifest.dependencies).sort()).toEqual([...NATIVE].sort());
  });

  test('has a script for every command, without a shell between npm and the program', () => {
    for (const command of Object.keys(COMMANDS)) {
      const script = command === 'serve' ? 'start' : command;
      expect(manifest.scripts[script]).toBe(`exec node scripts/run.js ${command}`);
    }
  });
});

test('web/package.json has the versions of its packages that the project installs', () => {
  const { devDependencies } = JSON.parse(read('web/package.json'));
  expect(Object.keys(devDependencies).length).toBeGreaterThan(5);
  expect(manifest.devDependencies).toMatchObject(devDependencies);
});

describe('deploy/Dockerfile', () => {
  const stages = readStages(path.join(packageRoot, 'deploy/Dockerfile'));
  const texts = (name: string) =>
    (stages.at(-1)?.instructions ?? []).filter((one) => one.name === name).map(({ text }) => text);

  test('copies every part of the package, and no sources', () => {
    const parts = manifest.files.map((name: string) => name.split('/')[0]);
    const copied = texts('COPY').flatMap((text) =>
      [...text.matchAll(/\/app\/(\S+)/g)].map(([, name]) => name),
    );
    const needed = parts.filter((name: string) => !name.endsWith('.md'));
    expect(copied.sort()).toEqual([...needed, 'package.json', 'node_modules'].sort());
  });

  test('ends as another user than root, with a health check, a volume and node as the first process', () => {
    expect(texts('USER')).toEqual(['node']);
    expect(texts('VOLUME')).toEqual(['/data']);
    expect(execForm(texts('HEALTHCHECK')[0] ?? '')[0]).toBe('node');
    expect(execForm(texts('CMD')[0] ?? '')).toEqual(['node', '/app/bin/parley.js', 'serve']);
  });

  test('sets only settings that exist, and stores under the volume', () => {
    const { [NOT_A_SETTING]: _, ...env } = settings(texts('ENV').join(' '));
    const documented = read('docs/settings.md');
    for (const name of Object.keys(env)) expect(documented).toContain(`\`${name}\``);
    expect(readSettings(env)).toMatchObject({ host: '0.0.0.0', databaseUrl: 'file:/data/forum.db' });
  });
});

test('deploy/parley.service waits longer for the end than the server takes, and stores in its own folder', () => {
  const unit = read('deploy/parley.service');
  const value = (name: string) => new RegExp(`^${name}=(.*)$`, 'm').exec(unit)?.[1];
  const { drainMs, shutdownMs, databaseUrl } = readSettings({
    DATABASE_URL: settings(unit.replaceAll('Environment=', ''))['DATABASE_URL'],
  });
  expect(Number(value('TimeoutStopSec')) * 1_000).toBeGreaterThan(drainMs + shutdownMs);
  expect(databaseUrl).toBe(`file:/var/lib/${value('StateDirectory')}/forum.db`);
  expect(value('ExecStart')).toMatch(/^\/usr\/bin\/node \S+\/bin\/parley\.js serve$/);
});
