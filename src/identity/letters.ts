// What the forum writes to people. Nothing that somebody typed stands in a letter: whoever may enter any address could
// otherwise have us send their words to it.
import type { Context } from '../access/context.ts';
import type { Email } from '../access/mailer.ts';

/** The site by the name that people know it by. */
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
    text: `An account on ${site} has been made with this e-mail address.

To confirm that it is yours, open this page within three days:

${ctx.mail.links.emailConfirmation(token)}

If you did not create this account, you can ignore this e-mail.
`,
  };
}

/** Lets the owner of an address set a new password. */
export function passwordResetEmail(ctx: Context, email: string, token: string): Email {
  const site = siteName(ctx);
  return {
    about: 'password reset',
    to: email,
    subject: `Set a new password for ${site}`,
    text: `Somebody, probably you, has asked to set a new password for your
account on ${site}.

To do so, open this page within an hour:

${ctx.mail.links.passwordReset(token)}

If it was not you, do nothing: your password stays as it is.
`,
  };
}

/** Tells the owner of an account, who may not have done it. */
export function passwordChangedEmail(ctx: Context, email: string): Email {
  const site = siteName(ctx);
  return {
    about: 'password change',
    to: email,
    subject: `Your password for ${site} has been changed`,
    text: `The password of your account on ${site} has just been changed.

If it was not you, ask for a new password there at once: that ends all
sessions. API keys remain valid: revoke those that are not yours.
`,
  };
}
