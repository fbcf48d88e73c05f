import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { checkedNewPassword } from '../../../src/identity/credential-rules.ts';
import { isEasyToGuess } from '../../../src/identity/password-strength.ts';
import { packageRoot } from '../../../src/package-root.ts';

const CLIENT = { address: '192.0.2.1' };
const OWNER = { email: 'una.quay@corp.example', name: 'Una Quay', handle: 'una-the-first' };
const accepts = (password: string) =>
  checkedNewPassword(CLIENT, password, OWNER, 'input.password').then(
    () => true,
    () => false,
  );

test.each([
  ['correct horse battery lamp', true],
  ['three tall giraffes', true],
  ['caf\u00e9 au lait', true],
  ['x7!kQ9$zzP2', true],
  // words of the owner beside enough else
  ['una likes forty green kites', true],
  ['Password1234!', false],
  ['12345678901', false],
  ['summer2026!', false],
  ['una.quay@corp.example', false],
  ['una.quay@corp', false],
  ['Una Quay 1999', false],
  ['quayuna2026', false],
  ['unathefirst!!', false],
])('the password %j is accepted: %s', async (password, expected) => {
  expect(await accepts(password)).toBe(expected);
});

test('only its first 72 characters count, so that no length takes longer', async () => {
  expect(await isEasyToGuess(CLIENT, `${'password'.repeat(9)}x7!kQ9$zzP2-blue-whale-accordion`, [])).toBe(
    true,
  );
});

test('the event loop turns while the worst texts are looked at', async () => {
  const worst = ['p4ssw0rd'.repeat(9), 'a@$0'.repeat(18), '4@8({[<3€6&9#!1|0$+7%2'.repeat(4)];
  await isEasyToGuess(CLIENT, 'warm up the worker', []);
  let turns = 0;
  let isOver = false;
  const turn = () => {
    turns++;
    if (!isOver) setImmediate(turn);
  };
  turn();
  const texts = worst.flatMap((text) => [text, text, text]);
  await Promise.all(texts.map((text) => isEasyToGuess(CLIENT, text, [])));
  isOver = true;
  // each answer comes in a turn of its own
  expect(turns).toBeGreaterThan(texts.length);
});

test('passwords beyond the queue are refused with UNAVAILABLE', async () => {
  const results = await Promise.allSettled(
    Array.from({ length: 110 }, () => isEasyToGuess(CLIENT, 'abcabcabcabc', [])),
  );
  const refused = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
  expect(refused).toHaveLength(9);
  for (const reason of refused) expect(reason).toMatchObject({ code: 'UNAVAILABLE' });
});

test('loading the module loads no dictionary, and a waiting worker keeps no process alive', async () => {
  const program = `
    import { isEasyToGuess } from './src/identity/password-strength.ts';
    const before = process.memoryUsage().rss;
    console.log(before < 200e6, await isEasyToGuess({ address: '192.0.2.1' }, 'Password1234!', []));
  `;
  const options = { cwd: packageRoot, timeout: 20_000 };
  const args = ['--import', 'tsx', '--input-type=module', '-e', program];
  const { stdout } = await promisify(execFile)(process.execPath, args, options);
  expect(stdout).toBe('true true\n');
});
