import { randomUUID } from 'node:crypto';
import { hash } from '@node-rs/argon2';
import { afterEach, describe, expect, test } from 'vitest';
import { createLimiter } from '../../../src/access/limiter.ts';
import { change, statement } from '../../../src/store/index.ts';
import { engines } from '../../support/database.ts';
import { type Forum, openForum } from '../../support/forum.ts';
import { refusalOf } from '../../support/refusal.ts';
import { newcomer, PASSWORD, rowsAsText } from './account-rows.ts';

const HOME = '198.51.100.7';
const WRONG = { code: 'INVALID_CREDENTIALS', field: 'input.password' };
const LIMITED = { code: 'RATE_LIMITED' };
const addresses = statement<{ hash: string }>('test.addresses', 'SELECT hash FROM sign_in_address');
const setHash = change('test.set hash of lockout', 'UPDATE account SET password_hash = ? WHERE email = ?', {
  table: 'account',
  sets: ['password_hash'],
  by: ['password_hash', 'email'],
});

describe.each(engines)('guesses from elsewhere on %s', (engine) => {
  let forum: Forum;
  let address = HOME;
  const open = async () => {
    address = HOME;
    forum = await openForum(engine, 'empty', {}, { limiter: createLimiter(), address: () => address });
    return (await newcomer(forum)).email;
  };
  afterEach(() => forum.close());
  const signIn = (email: string, from: string, password = PASSWORD) => {
    address = from;
    return forum.do('signIn', { email, password }, 'token');
  };
  /** A hundred, of which each address has its ten. Guesses are checked by the stored hash: a weak one saves seconds. */
  const guess = async (email: string) => {
    const weak = await hash(PASSWORD, { memoryCost: 8, timeCost: 1, parallelism: 1 });
    await forum.db.transaction(async (tx) => tx.run(setHash, [weak, email]));
    for (let n = 0; n < 100; n++)
      expect(refusalOf(await signIn(email, `203.0.113.${n % 10}`, 'not my password'))).toEqual(WRONG);
  };

  test('lock out strangers, and not the owner at an address from which they signed in before', async () => {
    const email = await open();
    await guess(email);
    expect(refusalOf(await signIn(email, '203.0.113.77'))).toEqual(LIMITED);
    for (let n = 0; n < 12; n++) expect((await signIn(email, HOME)).errors).toBeUndefined();
  });

  test('do not use up the ten wrong guesses of a known address, which are its limit', async () => {
    const email = await open();
    await guess(email);
    for (let n = 0; n < 10; n++)
      expect(refusalOf(await signIn(email, HOME, 'not my password'))).toEqual(WRONG);
    const before = await rowsAsText(forum.db);
    expect(refusalOf(await signIn(email, HOME))).toEqual(LIMITED);
    expect(await rowsAsText(forum.db)).toBe(before);
  });

  test('lock nobody out who comes by an e-mail: a reset makes its address known', async () => {
    const email = await open();
    await guess(email);
    await forum.do('requestPasswordReset', { email }, 'clientMutationId');
    const token = (await forum.emails()).at(-1)?.token ?? '';
    const abroad = '192.0.2.200';
    address = abroad;
    const newPassword = 'four small elephants';
    expect((await forum.do('resetPassword', { token, newPassword }, 'author { id }')).errors).toBeUndefined();
    expect((await signIn(email, abroad, newPassword)).errors).toBeUndefined();
  });

  test('are told apart by the address block, and an account’s addresses are no other’s', async () => {
    const email = await open();
    const other = await newcomer(forum);
    expect((await signIn(other.email, '2001:db8:1:2::1')).errors).toBeUndefined();
    await guess(email);
    // known for somebody else
    expect(refusalOf(await signIn(email, '2001:db8:1:2::2'))).toEqual(LIMITED);
    await guess(other.email).catch(() => {}); // some of the guesses meet the limits of their addresses
    expect((await signIn(other.email, '2001:db8:1:2:ffff::1')).errors).toBeUndefined();
  });

  test('leave no address in the tables, and an account has at most twenty known ones', async () => {
    const email = await open();
    for (let n = 0; n < 25; n++) {
      forum.wait(1000);
      expect((await signIn(email, `192.0.2.${n}`)).errors).toBeUndefined();
    }
    const rows = await forum.db.read.all(addresses, []);
    expect(rows).toHaveLength(20);
    expect(rows.filter(({ hash }) => !/^[0-9a-f]{64}$/.test(hash))).toEqual([]);
    await guess(email);
    expect(refusalOf(await signIn(email, HOME))).toEqual(LIMITED);
    expect((await signIn(email, '192.0.2.24')).errors).toBeUndefined();
  });

  test('do not lock out a device that signed in before, wherever it is, which has ten wrong guesses of its own', async () => {
    const email = await open();
    const deviceId = randomUUID();
    const from = (place: string, password = PASSWORD, id: string = deviceId) => {
      address = place;
      return forum.do('signIn', { email, password, deviceId: id }, 'token');
    };
    expect((await from(HOME)).errors).toBeUndefined();
    await guess(email);
    expect((await from('203.0.113.1')).errors).toBeUndefined();
    expect(refusalOf(await from('203.0.113.99', PASSWORD, randomUUID()))).toEqual(LIMITED);
    for (let n = 0; n < 10; n++)
      expect(refusalOf(await from(`198.18.0.${n}`, 'not my password'))).toEqual(WRONG);
    expect(refusalOf(await from('198.18.0.99'))).toEqual(LIMITED);
    expect((await signIn(email, HOME)).errors).toBeUndefined();
  });

  test('are not helped by the device of another account, nor by one that only tried a wrong password', async () => {
    const email = await open();
    const other = await newcomer(forum);
    const [theirs, tried] = [randomUUID(), randomUUID()];
    await forum.do('signIn', { email: other.email, password: PASSWORD, deviceId: theirs }, 'token');
    await forum.do('signIn', { email, password: 'not my password', deviceId: tried }, 'token');
    await guess(email);
    address = '192.0.2.9';
    for (const deviceId of [theirs, tried])
      expect(refusalOf(await forum.do('signIn', { email, password: PASSWORD, deviceId }, 'token'))).toEqual(
        LIMITED,
      );
  });

  test.each(['short', 'x'.repeat(129)])('a device with the identifier %s is refused', async (deviceId) => {
    const email = await open();
    const before = await rowsAsText(forum.db);
    const refused = await forum.do('signIn', { email, password: PASSWORD, deviceId }, 'token');
    expect(refusalOf(refused)).toEqual({ code: 'BAD_USER_INPUT', field: 'input.deviceId' });
    expect(await rowsAsText(forum.db)).toBe(before);
  });

  test('a wrong password makes no address known', async () => {
    const email = await open();
    const before = (await forum.db.read.all(addresses, [])).length;
    await signIn(email, '192.0.2.1', 'not my password');
    expect((await forum.db.read.all(addresses, [])).length).toBe(before);
  });
});
