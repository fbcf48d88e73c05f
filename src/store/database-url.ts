import { existsSync } from 'node:fs';
import path from 'node:path';
import { StartError } from '../start-error.ts';
import type { Engine } from './database.ts';

type DatabaseAddress =
  | { readonly engine: 'sqlite'; readonly file: string }
  | { readonly engine: Extract<Engine, 'postgres'>; readonly url: string };

/**
 * Parses a database URL. A relative file path starts at the working directory. Throws StartError for a URL that is
 * invalid, or that would name another file than its writer meant. No message repeats the URL, which may have a password.
 */
export function addressOf(url: string, setting = 'DATABASE_URL'): DatabaseAddress {
  if (/^postgres(ql)?:\/\//.test(url)) return { engine: 'postgres', url: checkedPostgresUrl(url, setting) };
  if (/^file:./.test(url) && url !== 'file::memory:') return { engine: 'sqlite', file: fileOf(url) };
  throw new StartError(
    'DATABASE_URL must be a file, such as "file:./data/forum.db", or a "postgresql://" URL.',
  );
}

/**
 * A password with unescaped characters can still form a URL, whose host, port or path is then a part of the password,
 * and would be in messages: an "@" or "#" in the wrong place reveals it.
 */
function checkedPostgresUrl(url: string, setting: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  const isMisread =
    parsed === null ||
    parsed.hash !== '' ||
    /[\p{Cc}\s]/u.test(url) ||
    `${parsed.pathname}${parsed.search}`.includes('@') ||
    !canDecode([parsed.username, parsed.password, parsed.hostname, parsed.pathname].join(' '));
  if (!isMisread) return url;
  throw new StartError(
    `${setting} is not a valid "postgresql://" URL: in a user or password, write "@" as %40, ":" as %3A, "/" as %2F, "?" as %3F, "#" as %23 and "%" as %25.`,
  );
}

function canDecode(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

/** The file of a "file:" URL. What SQLite or Prisma would read as another file, or as options, is refused. */
function fileOf(url: string): string {
  const name = url.slice('file:'.length);
  if (/[?#]/.test(name))
    throw new StartError(
      'DATABASE_URL takes no parameters for SQLite: end it with the name of the file, in which "?" is written as %3F and "#" as %23.',
    );
  if (/\p{Cc}|^\s|[\s/]$/u.test(name))
    throw new StartError('DATABASE_URL must end with the name of a file, without spaces around it.');
  if (name.startsWith('//') && !/^\/\/\/[^/]/.test(name))
    throw new StartError(
      'DATABASE_URL must have the form "file:///absolute/path" or "file:relative/path": two slashes would begin the name of a host.',
    );
  const literal = path.resolve(name.replace(/^\/\/(?=\/)/, ''));
  if (!literal.includes('%')) return literal;
  if (!canDecode(literal) || /\p{Cc}/u.test(decodeURIComponent(literal)))
    throw new StartError('DATABASE_URL has a "%" that is no escape: write "%" as %25.');
  const file = decodeURIComponent(literal);
  // an earlier version did not decode: it must not start with a second, empty forum
  if (!existsSync(file) && existsSync(literal))
    throw new StartError(
      `DATABASE_URL now means ${file}, but there is ${literal}: write each "%" of its name as %25.`,
    );
  return file;
}
