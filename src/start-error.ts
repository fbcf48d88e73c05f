/**
 * The program or a command cannot start, for a reason that its operator can fix: a wrong setting, a port in use, a
 * database of a newer version. Entry points print only the message and exit with status 1.
 */
export class StartError extends Error {
  override readonly name = 'StartError';
}

/**
 * What an entry point prints for an error that the operator can fix: the message of a StartError, or a sentence about a
 * package whose compiled part this Node.js cannot load. Null for any other error.
 */
export function messageForOperator(error: unknown): string | null {
  if (error instanceof StartError) return error.message;
  const { code, message = '' } = error as Partial<NodeJS.ErrnoException>;
  const name = /node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)[^\n]*\.node\b/.exec(message)?.[1];
  if (code === 'ERR_DLOPEN_FAILED' && name) {
    const why = message.includes('NODE_MODULE_VERSION') ? 'another version of Node.js' : 'another system';
    return `${name} was compiled for ${why}: run npm rebuild.`;
  }
  // the package `bindings` lists where it has looked
  if (message.startsWith('Could not locate the bindings file') && name)
    return `${name} is not compiled: run npm rebuild.`;
  return null;
}
