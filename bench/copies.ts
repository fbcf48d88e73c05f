import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { issueKeyForNewAuthor } from '../src/identity/index.ts';
import { newId } from '../src/store/ids.ts';
import { openDatabase } from '../src/store/index.ts';

/** As many people as vote on one comment in the hot thread. */
const KEYS = 1_000;

/** Copies of a generated forum for one run: writes must not change what the next run finds. */
export interface Copies {
  /** The first copy, which nobody writes to once it is made. */
  readonly file: string;
  /** API keys of members who have neither written nor voted. */
  readonly tokens: readonly string[];
  /** A copy for one server. */
  another(): string;
  remove(): void;
}

/** Copies `generated` and adds the keys to the copy. */
export async function makeCopies(generated: string): Promise<Copies> {
  const folder = mkdtempSync(path.join(path.dirname(generated), 'run-'));
  const file = path.join(folder, 'forum.db');
  copyFileSync(generated, file);
  const tokens = await addKeys(file);
  let made = 0;
  return {
    file,
    tokens,
    another: () => {
      const copy = path.join(folder, `copy-${++made}.db`);
      copyFileSync(file, copy);
      return copy;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

async function addKeys(file: string): Promise<string[]> {
  const db = await openDatabase(`file:${file}`);
  const at = new Date();
  try {
    return await db.transaction(async (tx) => {
      const tokens: string[] = [];
      for (let i = 0; i < KEYS; i++) {
        const { token } = await issueKeyForNewAuthor(tx, newId, {
          name: `Member ${i + 1}`,
          role: 'MEMBER',
          at,
        });
        tokens.push(token);
      }
      return tokens;
    });
  } finally {
    await db.close();
  }
}
