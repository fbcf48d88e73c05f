// What the failure of an attempt means. The codes are those of nodemailer.

/** The commands whose refusal concerns this e-mail. Others, such as AUTH, fail for all of them, and can be repaired. */
const ABOUT_THE_EMAIL = /^(?:RCPT TO|DATA)$/;

/**
 * Whether this e-mail will never be taken. RFC 5321 calls replies from 500 on permanent. An address that needs an
 * extension that the mail server lacks is refused without a reply.
 */
export function isPermanent(error: unknown): boolean {
  const { code, command, responseCode } = error as Record<string, unknown>;
  if (typeof responseCode === 'number') return responseCode >= 500 && ABOUT_THE_EMAIL.test(String(command));
  return code === 'EENVELOPE';
}

/** The loggable part of a failure. A server's own reply may quote the e-mail, and with it the token, so it is left out. */
export function reasonOf(error: unknown): object {
  const { code, command, responseCode, message } = error as Record<string, unknown>;
  if (responseCode !== undefined) return { code, command, responseCode };
  return code === 'EENVELOPE' ? { code, command } : { code, command, reason: message };
}
