// The e-mails of the forum. They hold no text that a user typed: anyone can enter any address, and could otherwise make
// the forum send their words to it.
import type { Email, EmailLinks } from '../access/mailer.ts';

/** What e-mails say about the site. */
export interface Site {
  readonly siteUrl: string;
  readonly links: EmailLinks;
}

/** The site's host name, by which people know it. */
function nameOf({ siteUrl }: Site): string {
  return new URL(siteUrl).host;
}

/** Asks the owner of an address to confirm it. */
export function confirmationEmail(site: Site, email: string, token: string): Email {
  const name = nameOf(site);
  return {
    about: 'e-mail confirmation',
    to: email,
    subject: `Confirm your address for ${name}`,
    text: `An account on ${name} has been created with this e-mail address.

To confirm that it is yours, open this page within three days:

${site.links.emailConfirmation(token)}

If you did not create this account, you can ignore this e-mail.
`,
  };
}

/** Lets the owner of an account set a new password. */
export function passwordResetEmail(site: Site, email: string, token: string): Email {
  const name = nameOf(site);
  return {
    about: 'password reset',
    to: email,
    subject: `Set a new password for ${name}`,
    text: `Someone, probably you, has requested a new password for your account
on ${name}.

To set it, open this page within an hour:

${site.links.passwordReset(token)}

If it was not you, ignore this e-mail: your password has not changed.
`,
  };
}

/** Notifies the owner of an account, in case someone else changed the password. */
export function passwordChangedEmail(site: Site, email: string): Email {
  const name = nameOf(site);
  return {
    about: 'password change',
    to: email,
    subject: `Your password for ${name} has been changed`,
    text: `The password of your account on ${name} has just been changed.

If it was not you, reset your password there at once: that ends all
sessions. API keys remain valid: revoke those that are not yours.
`,
  };
}
