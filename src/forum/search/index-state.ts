// How the index was made, so that a start notices one that is missing, unfinished or of other terms.
import { change, type Database, statement, type Transaction } from '../../store/index.ts';
import { searchLanguages } from './stem.ts';

/** Raise it whenever a text gets other terms than before. */
const TERMS_VERSION = 3;

/** What the terms of a text depend on: the version, and the languages with commas. */
function fingerprint(): string {
  return `terms ${TERMS_VERSION} ${searchLanguages().join(',')}`.trim();
}

interface State {
  readonly fingerprint: string;
  /** The last text of an unfinished reindexing. Empty while the index is emptied. Null if the index is complete. */
  readonly resumeAfter: string | null;
}

const KEY = 'index';
const read = statement<State>(
  'search.state',
  'SELECT fingerprint, resume_after AS "resumeAfter" FROM search_state WHERE id = ?',
  { table: 'search_state', by: ['id'] },
);
const remove = change('search.removeState', 'DELETE FROM search_state WHERE id = ?', {
  ...{ table: 'search_state', sets: null, by: ['id'] },
});
const insert = change(
  'search.addState',
  'INSERT INTO search_state (id, fingerprint, resume_after) VALUES (?, ?, ?)',
  { table: 'search_state', sets: null, by: ['id', null, null] },
);

/** Stores how the index is made. */
export async function writeState(tx: Transaction, resumeAfter: string | null): Promise<void> {
  await tx.run(remove, [KEY]);
  await tx.run(insert, [KEY, fingerprint(), resumeAfter]);
}

/** Where an unfinished reindexing of the same terms goes on. Null if it has to begin anew. */
export async function resumePoint(tx: Transaction): Promise<string | null> {
  const [state] = await tx.all(read, [KEY]);
  return state?.fingerprint === fingerprint() ? state.resumeAfter || null : null;
}

const named = (codes: string) => (codes === '' ? 'no language' : codes);

const firstMissing = statement<{ id: string }>(
  'search.firstMissing',
  `SELECT d.id FROM discussion d WHERE NOT EXISTS (SELECT 1 FROM search_entry e WHERE e.row_id = d.id) LIMIT 1`,
  { table: 'discussion' },
  { table: 'search_entry' },
);

/** Why the index does not have all texts as it should. Null if it has. A forum without texts gets its index here. */
export async function indexFault(db: Database): Promise<string | null> {
  const [state] = await db.read.all(read, [KEY]);
  if (!state) {
    const [missing] = await db.read.all(firstMissing, []);
    if (missing) return 'The texts of this forum are not in the search index yet';
    await db.transaction((tx) => writeState(tx, null));
    return null;
  }
  const [, version, codes = ''] = state.fingerprint.split(' ');
  if (version !== String(TERMS_VERSION)) return 'The search index was made by another version';
  if (state.fingerprint !== fingerprint())
    return `The search index was made for ${named(codes)}, but SEARCH_LANGUAGES names ${named(searchLanguages().join(','))}`;
  return state.resumeAfter === null ? null : 'The last reindexing was not finished';
}
