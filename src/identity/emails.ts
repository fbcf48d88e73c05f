// The e-mails of the forum. They hold no text that a user typed: anyone can enter any address, and could otherwise make
// the forum send their words to it.
import type { Context } from '../access/context.ts';
import type { Email } from '../access/mailer.ts';

/** The site's host name, by which people know it. */
function siteName(ctx: Context): string {
  return new URL(ctx.siteUrl).host;
}

/** Asks the owner of an address to confirm it. */
export function confirmationEmail(ctx: Context, email: string, token: string): Email {
  const site = siteName(ctx);
  return {
    about: 'e-mail confirmation',
    to: email,
    subject: `Confirm your address for ${site}`,
    text: `An account on ${site} has been created with this e-mail address.

To confirm that it is yours, open this page within three days:

${ctx.mail.links.emailConfirmation(token)}

If you did not create this account, you can ignore this e-mail.
`,
  };
}

/** Lets the owner of an account set a new password. */
export function passwordResetEmail(ctx: Context, email: string, token: string): Email {
  const site = siteName(ctx);
  return {
    about: 'password reset',
    to: email,
    subject: `Set a new password for ${site}`,
    text: `Someone, probably you, has requested a new password for your account
on ${site}.

To set it, open this page within an hour:

${ctx.mail.links.passwordReset(token)}

If it was not you, ignore this e-mail: your password has not changed.
`,
  };
}

/** Notifies the owner of an account, in case someone else changed the password. */
export function passwordChangedEmail(ctx: Context, email: string): Email {
  const site = siteName(ctx);
  return {
    about: 'password change',
    to: email,
    subject: `Your password for ${site} has been changed`,
    text: `The password of your account on ${site} has just been changed.

If it was not you, reset your password there at once: that ends all
sessions. API keys remain valid: revoke those that are not yours.
`,
  };
}
