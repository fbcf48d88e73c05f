/**
 * The program or a command cannot start, for a reason that its operator can fix: a wrong setting, a port in use, a
 * database of a newer version. Entry points print only the message and exit with status 1.
 */
export class StartError extends Error {
  override readonly name = 'StartError';
}
