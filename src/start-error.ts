/**
 * The program cannot start or a command cannot run, for a reason that its operator can mend: a wrong setting, a port in
 * use, a database from a newer version. Entry points print the message alone, without a stack, and exit with status 1.
 */
export class StartError extends Error {
  override readonly name = 'StartError';
}
