import { describe, expect, test } from 'vitest';
import { checkedEmail, checkedNewPassword, currentPassword } from '../../../src/identity/credential-rules.ts';
import { kindOfToken, looksLikeOurs, makeToken } from '../../../src/identity/token.ts';

/** No word, no row of keys and no repetition: only its length can be wrong. */
const LONG = 'kuqx zovf weth miyd gabl rupn '.repeat(5);
const OWNER = { email: 'ada@example.com', name: 'Ada Quay', handle: 'countess' };
const check = (password: string) =>
  checkedNewPassword({ address: '203.0.113.9' }, password, OWNER, 'input.newPassword');
const refusal = { code: 'BAD_USER_INPUT', field: 'input.newPassword' };

describe('a new password', () => {
  test.each([10, 11, 64, 127, 128])('of %i characters is accepted as it is', async (length) => {
    const password = LONG.slice(0, length);
    expect(await check(password)).toBe(password);
  });

  test.each([9, 129, 150])('of %i characters is refused', async (length) => {
    await expect(check(LONG.slice(0, length))).rejects.toMatchObject(refusal);
  });

  test.each(['kuqxzovfwe', '8305172964', 'KUQXZOVFWE', '天地玄黃宇宙洪荒日月'])(
    'needs no kinds of characters: %s',
    async (password) => {
      expect(await check(password)).toBe(password);
    },
  );

  test.each(['ada@example.com', 'adaquay-123', 'COUNTESS1234', 'ex4 example com', 'example.comkuqxzov'])(
    'that consists of what is known of its owner is refused: %s',
    async (password) => {
      await expect(check(password)).rejects.toMatchObject(refusal);
    },
  );

  test('may have its owner’s words beside eight characters of its own', async () => {
    expect(await check('ada kuqxzov')).toBe('ada kuqxzov');
    await expect(check('countess kuqxz')).rejects.toMatchObject(refusal);
  });
});

describe('a current password', () => {
  test('keeps case, blanks and its last character, and is composed as Unicode says', () => {
    expect(currentPassword(' Kuqx Zovf  ', 'p')).toBe(' Kuqx Zovf  ');
    expect(currentPassword('cafe\u0301', 'p')).toBe('caf\u00e9');
    expect(currentPassword('x'.repeat(256), 'p')).toBe('x'.repeat(256));
  });

  test('that is longer than any can be is refused before it is hashed', () => {
    expect(() => currentPassword('x'.repeat(257), 'p')).toThrow('at most 128 characters');
  });
});

describe('an e-mail address', () => {
  const longest = `${'a'.repeat(64)}@${`${'b'.repeat(60)}.`.repeat(3)}${'c'.repeat(5)}`;

  test('is trimmed, in lower case, and at most 254 characters long', () => {
    expect(checkedEmail(' ADA@Example.com ', 'input.email')).toBe('ada@example.com');
    expect(longest).toHaveLength(253);
    expect(checkedEmail(`${longest}c`, 'input.email')).toBe(`${longest}c`);
    expect(() => checkedEmail(`${longest}cc`, 'input.email')).toThrow('not an e-mail address');
  });

  test.each([
    ['a&b/c+d=e@example.com', 'a&b/c+d=e@example.com'],
    ["O'Hara!#$%*?^_`{|}~-@sub.example.co.uk", "o'hara!#$%*?^_`{|}~-@sub.example.co.uk"],
    ['ada@BÜCHER.example', 'ada@xn--bcher-kva.example'],
    ['ada@bu\u0308cher.example', 'ada@xn--bcher-kva.example'],
    ['ada@xn--bcher-kva.example', 'ada@xn--bcher-kva.example'],
    ['ada@例え.テスト', 'ada@xn--r8jz45g.xn--zckzah'],
    ['ada@пример.рф', 'ada@xn--e1afmkfd.xn--p1ai'],
    ['"ada quay"@example.com', '"ada quay"@example.com'],
    ['"Ada.Quay"@example.com', 'ada.quay@example.com'],
    ['"a@b"@example.com', '"a@b"@example.com'],
    ['1@2.example', '1@2.example'],
  ])('%j is the mailbox %j', (text, email) => {
    expect(checkedEmail(text, 'input.email')).toBe(email);
    expect(checkedEmail(email, 'input.email')).toBe(email);
  });

  test.each([
    ...['', '@', 'ada', 'ada@', '@example.com', 'ada@example', 'ada@localhost', 'ada@@example.com'],
    ...['.ada@example.com', 'ada.@example.com', 'a..b@example.com', 'a b@example.com', 'a,b@example.com'],
    ...[
      'ada@-a.example',
      'ada@a-.example',
      'ada@a..example',
      'ada@example.com.',
      'ada@a_b.example',
      'ada@a b.example',
    ],
    ...['ada@127.0.0.1', 'ada@[127.0.0.1]', 'ada@127.1', 'ada@0x7f.1', 'ada@1.2', 'ada@example.123'],
    ...['""@example.com', '"a"b"@example.com', '"a\\"@example.com', '"a<b>"@example.com', '"a@example.com'],
    ...[
      'zoë@example.com',
      'ada@example.com\r\nbcc: ben@example.com',
      'a\0b@example.com',
      'ada@exam\u0000ple.com',
    ],
    ...[
      'Ada <ada@example.com>',
      'ada@example.com, ben@example.com',
      'ada@example.com/x',
      'ada@example.com:25',
    ],
    ...[
      `${'a'.repeat(65)}@example.com`,
      `ada@${'b'.repeat(64)}.example`,
      'ada@\ud800.example',
      `ada@${'ü'.repeat(200)}.example`,
    ],
  ])('%j is none', (text) => {
    expect(() => checkedEmail(text, 'input.email')).toThrow('not an e-mail address');
  });
});

describe('a token', () => {
  test.each([
    ['SESSION', 'prl_ses_'],
    ['API_KEY', 'prl_key_'],
    ['MAIL', 'prl_mail_'],
  ] as const)('of the kind %s has its prefix, 32 random characters and their checksum', (kind, prefix) => {
    const tokens = Array.from({ length: 500 }, () => makeToken(kind));
    expect(new Set(tokens.map(({ token }) => token)).size).toBe(500);
    expect(new Set(tokens.map(({ hash }) => hash)).size).toBe(500);
    for (const { token, hash } of tokens) {
      expect(token).toMatch(new RegExp(`^${prefix}[0-9A-Za-z]{38}$`));
      expect(hash).toMatch(/^[0-9a-f]{64}$/);
      expect(kindOfToken(token)).toBe(kind);
      expect(looksLikeOurs(token)).toBe(true);
    }
    // each of the 62 characters occurs in each position: 500 tokens miss one of a position's with a chance of 2 %
    const random = tokens.map(({ token }) => token.slice(prefix.length, prefix.length + 32));
    for (let at = 0; at < 32; at++) expect(new Set(random.map((text) => text[at])).size).toBeGreaterThan(50);
  });

  test('with one other character, or one more or fewer, is none', () => {
    const { token } = makeToken('SESSION');
    const other = (text = '') => (text === 'a' ? 'b' : 'a');
    for (let at = 'prl_ses_'.length; at < token.length; at++)
      expect(kindOfToken(token.slice(0, at) + other(token[at]) + token.slice(at + 1))).toBeNull();
    for (const wrong of [`${token}a`, token.slice(0, -1), token.slice(1), `${token} `, ''])
      expect(kindOfToken(wrong)).toBeNull();
  });
});
