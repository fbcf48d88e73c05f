import { describe, expect, test } from 'vitest';
import { filesBelow, roomOf, type SourceFile } from './source-files.ts';

/** The rooms in the order in which they may know each other: each may import from those above it. */
const ROOMS = [
  'author',
  'account',
  'catalog',
  'discussion',
  'comment',
  'related',
  'vote',
  'import',
  'doctor',
  'operate',
];
/** The frame and the entry points: may know every room. */
const FRAME = ['app', 'commands', 'main'];

const source = filesBelow('src');

function faults(find: (file: SourceFile, imported: string) => string | null): string[] {
  return source.flatMap((file) => file.imports.flatMap((imported) => find(file, imported) ?? []));
}

describe('the house', () => {
  test('has no folder in src that the order of the rooms does not name', () => {
    const known = new Set([...ROOMS, ...FRAME, 'kit']);
    expect([...new Set(source.map((file) => roomOf(file.name)))].filter((room) => !known.has(room))).toEqual(
      [],
    );
  });

  test('lets rooms import only rooms above them, and kit none', () => {
    const level = (room: string) =>
      room === 'kit' ? 0 : FRAME.includes(room) ? ROOMS.length + 1 : ROOMS.indexOf(room) + 1;
    expect(
      faults((file, imported) => {
        if (!imported.startsWith('src/') || imported.startsWith('src/generated/')) return null;
        const [from, to] = [roomOf(file.name), roomOf(imported)];
        return from === to || level(to) < level(from) || (FRAME.includes(from) && to === 'app')
          ? null
          : `${file.name} imports ${imported}: move what both need to kit/, or turn the dependency round`;
      }),
    ).toEqual([]);
  });

  test('opens each room only by its door', () => {
    expect(
      faults((file, imported) => {
        const to = roomOf(imported);
        const isInside = roomOf(file.name) === to;
        return isInside || !ROOMS.includes(to) || imported === `src/${to}/index.ts`
          ? null
          : `${file.name} imports ${imported}: export it from src/${to}/index.ts`;
      }),
    ).toEqual([]);
  });

  test('opens kit/db only by its door, outside of kit/db', () => {
    expect(
      faults((file, imported) =>
        imported.startsWith('src/kit/db/') &&
        imported !== 'src/kit/db/index.ts' &&
        !file.name.startsWith('src/kit/')
          ? `${file.name} imports ${imported}: export it from src/kit/db/index.ts`
          : null,
      ),
    ).toEqual([]);
  });

  test('knows GraphQL and Apollo only in the frame', () => {
    expect(
      faults((file, imported) =>
        /^(graphql|@apollo\/|@graphql-tools\/)/.test(imported) && roomOf(file.name) !== 'app'
          ? `${file.name} imports ${imported}: only src/app may`
          : null,
      ),
    ).toEqual([]);
  });

  test('knows the database drivers only in kit/db, and sqlite3 only in operate', () => {
    expect(
      faults((file, imported) => {
        const isDriver =
          /^(better-sqlite3|pg|@prisma\/)/.test(imported) && !file.name.startsWith('src/kit/db/');
        const isOperators = imported === 'sqlite3' && roomOf(file.name) !== 'operate';
        return isDriver || isOperators ? `${file.name} imports ${imported}` : null;
      }),
    ).toEqual([]);
  });

  test('reads the environment only in app/config.ts and the entry points that call it', () => {
    const readers = source.filter((file) => file.text.includes('process.env')).map((file) => file.name);
    const allowed = (name: string) =>
      name === 'src/app/config.ts' || name === 'src/main.ts' || name.startsWith('src/commands/');
    expect(readers.filter((name) => !allowed(name))).toEqual([]);
  });

  test('takes time and ids from the context: rooms call no clock', () => {
    const callers = source.filter(
      (file) =>
        ROOMS.includes(roomOf(file.name)) && /\bDate\.now\(|new Date\(\)|\brandomUUID\(/.test(file.text),
    );
    expect(callers.map((file) => file.name)).toEqual([]);
  });

  test('writes only through the transaction: no raw write statement outside kit/db', () => {
    const writers = source.filter(
      (file) => ROOMS.includes(roomOf(file.name)) && /\$(executeRawUnsafe|queryRawUnsafe)\(/.test(file.text),
    );
    expect(writers.map((file) => file.name)).toEqual([]);
  });
});

describe('files', () => {
  const all = [...source, ...filesBelow('test'), ...filesBelow('scripts'), ...filesBelow('bench')];

  test('have at most 250 lines: split by verb or by field', () => {
    expect(all.filter((file) => file.lines > 250).map((file) => `${file.name}: ${file.lines}`)).toEqual([]);
  });

  test('are small: nine in ten of src under 150 lines', () => {
    const sizes = source.map((file) => file.lines).sort((a, b) => a - b);
    expect(sizes[Math.floor(sizes.length * 0.9)]).toBeLessThan(150);
  });

  test('have names that say what they are for', () => {
    const vague = /(^|[/-])(utils?|helpers?|common|manager|service|misc)([./-]|$)/;
    expect(all.filter((file) => vague.test(file.name)).map((file) => file.name)).toEqual([]);
  });

  test('hide no check: nothing is skipped by hand, ignored or left for later', () => {
    // put together from halves, so that this file does not find itself
    const marks = [
      '.on' + 'ly(',
      '.to' + 'do(',
      '@ts-' + 'ignore',
      '@ts-' + 'expect-error',
      'as an' + 'y',
      'TO' + 'DO',
      'FIX' + 'ME',
      'toBe' + 'Defined()',
    ];
    const found = all.flatMap((file) =>
      marks.filter((mark) => file.text.includes(mark)).map((mark) => `${file.name}: ${mark}`),
    );
    expect(found).toEqual([]);
  });
});
