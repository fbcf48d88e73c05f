import { execFile } from 'node:child_process';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { COMMANDS } from '../../src/cli/commands.ts';
import { packageRoot, version } from '../../src/package-root.ts';

/** Runs bin/parley.js as npx or a shell does, not as an npm script of this project. */
function parley(...args: string[]): Promise<{ status: number; stdout: string; stderr: string }> {
  const { npm_lifecycle_event: _, npm_package_name: __, ...env } = process.env;
  return new Promise((resolve) => {
    const file = path.join(packageRoot, 'bin/parley.js');
    execFile(process.execPath, [file, ...args], { env }, (error, stdout, stderr) =>
      resolve({ status: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }),
    );
  });
}

describe('parley', () => {
  test('says its version, and all its commands', async () => {
    expect(await parley('--version')).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' });
    const help = await parley('--help');
    expect(help).toMatchObject({ status: 0, stderr: '' });
    for (const command of Object.keys(COMMANDS)) expect(help.stdout).toContain(`\n  parley ${command}`);
  });

  test.each(Object.keys(COMMANDS))(
    '%s --help says how it is used, and does nothing else',
    async (command) => {
      const { status, stdout, stderr } = await parley(command, '--help');
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      expect(stdout).toMatch(new RegExp(`^Usage: parley ${command}.*\n.*\\.\n$`));
    },
  );

  test.each([
    ['an unknown command', ['imports'], 'Unknown command imports: see parley --help\n'],
    ['an unknown option', ['doctor', '--nope'], /^Unknown option '--nope'\. Usage: parley doctor \[--fix\]/],
    ['arguments for the server', ['serve', '--port', '80'], /^parley serve takes no arguments: /],
    ['no command', [], /^COMMAND is missing\.\n\nParley /],
  ])('refuses %s with status 1', async (_what, args, message) => {
    const { status, stdout, stderr } = await parley(...args);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(message);
  });
});
