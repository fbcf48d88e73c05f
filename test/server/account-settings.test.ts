import { describe, expect, test } from 'vitest';
import { readSettings } from '../../src/server/settings/settings.ts';

const faultOf = (env: Record<string, string>): string => {
  try {
    readSettings(env);
    return '';
  } catch (error) {
    return (error as Error).message;
  }
};

describe('the settings of accounts and e-mails', () => {
  test('have defaults that need no mail server: e-mails in a folder, links to the site', () => {
    const { mail, policy } = readSettings({ SITE_URL: 'https://example.com/forum/' });
    expect(mail).toMatchObject({ smtpUrl: null, from: 'no-reply@example.com', folder: './data/mail' });
    expect(mail.links.passwordReset('T')).toBe('https://example.com/forum/reset-password?token=T');
    expect(mail.links.emailConfirmation('T')).toBe('https://example.com/forum/confirm-email?token=T');
    expect(policy).toMatchObject({ signUp: true, sessionMs: 30 * 24 * 3600 * 1000 });
    expect(readSettings({}).mail.from).toBe('no-reply@localhost');
  });

  test.each([
    [{ SIGN_UP: 'off' }, { policy: { signUp: false } }],
    [{ SESSION_DAYS: '1' }, { policy: { sessionMs: 24 * 3600 * 1000 } }],
    [{ SMTP_URL: 'smtps://me:x@mail.example' }, { mail: { smtpUrl: 'smtps://me:x@mail.example' } }],
    [{ MAIL_FROM: 'a@b.example' }, { mail: { from: 'a@b.example' } }],
    [{ MAIL_FOLDER: '/var/mail' }, { mail: { folder: '/var/mail' } }],
  ])('reads %j', (env, expected) => {
    expect(readSettings(env)).toMatchObject(expected);
  });

  test('put the token where the setting says', () => {
    const { links } = readSettings({ PASSWORD_RESET_URL: 'https://app.example/#/reset/{token}/go' }).mail;
    expect(links.passwordReset('$&_T')).toBe('https://app.example/#/reset/$&_T/go');
  });

  const wrong: [Record<string, string>, string][] = [
    [{ SESSION_DAYS: '0' }, 'SESSION_DAYS must be a whole number from 1 to 3650, not "0"'],
    [{ SIGN_UP: 'maybe' }, 'SIGN_UP must be on or off, not "maybe"'],
    [{ SMTP_URL: 'http://me:hunter2@x' }, 'SMTP_URL must be smtp://USER:PASSWORD@HOST:PORT or smtps://…'],
    [
      { MAIL_FROM: 'a@b.example, c@d.example' },
      'MAIL_FROM must be an address such as "Forum <forum@example.com>", not "a@b.example, c@d.example"',
    ],
    ...[
      'https://app.example/reset',
      '{token}',
      'https://{token}.example/',
      'https://a.example/{token}/{token}',
    ].map(
      (url) =>
        [
          { PASSWORD_RESET_URL: url },
          `PASSWORD_RESET_URL must be an http or https URL that contains {token}, not "${url}"`,
        ] satisfies [Record<string, string>, string],
    ),
  ];
  test.each(wrong)('refuse %j in one sentence', (env, fault) => {
    expect(faultOf(env)).toBe(`A setting is wrong: ${fault}.`);
  });
});
