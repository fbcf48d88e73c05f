// The doctor's check of the keys by which links find discussions of a title.
import { type Database, statement, type Transaction, updateRows } from '../../store/index.ts';
import { titleKeyOf } from '../../text/slug.ts';
import { discussionTitled } from './discussion-text.ts';

interface Titled {
  readonly id: string;
  readonly title: string;
  readonly titleKey: string;
  readonly deletedAt: number | null;
}

/** The number of rows in memory at once. A title has at most 300 characters. */
const BATCH = 1000;

const COLUMNS = 't.id, t.title, t.title_key AS "titleKey", t.deleted_at AS "deletedAt"';
const titlesAfter = statement<Titled>(
  'discussion.titlesAfter',
  `SELECT ${COLUMNS} FROM discussion t WHERE t.id > ? ORDER BY t.id LIMIT ?`,
  { table: 'discussion' },
);
const forUpdate = statement<Titled>(
  'discussion.titledForUpdate',
  (d) => `SELECT ${COLUMNS} FROM discussion t WHERE t.id = ? ${d.forUpdate}`,
);

/** The ids of the discussions whose title key is not that of their title. */
export async function* findStaleTitleKeys(db: Database): AsyncGenerator<string> {
  for (let after = ''; ; ) {
    const rows = await db.read.all(titlesAfter, [after, BATCH]);
    for (const row of rows) if (titleKeyOf(row.title) !== row.titleKey) yield row.id;
    const last = rows.at(-1);
    if (!last) return;
    after = last.id;
  }
}

/** Makes the title key of a discussion anew. What waits for its title then leads to it. */
export async function mendTitleKey(tx: Transaction, id: string): Promise<void> {
  const [row] = await tx.all(forUpdate, [id]);
  if (!row) return;
  const titleKey = titleKeyOf(row.title);
  if (titleKey === row.titleKey) return;
  await updateRows(tx, 'discussion', { id }, { titleKey });
  if (row.deletedAt === null) await discussionTitled.emit(tx, { discussionId: id, titleKey });
}
