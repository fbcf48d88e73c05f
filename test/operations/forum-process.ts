// A process that has forums open through the project's own openDatabase, and does what lines of its input say:
// NUMBER FILE VERB [ARGUMENT]; each is answered with its number.
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setImmediate as nextTurn } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { migrate, openDatabase, statement, type Tx } from '../../src/store/index.ts';

const DISCUSSION_ID = '01jdvawk00000000000000000d';
const AT = new Date('2026-11-24T00:00:00Z');

const STANDING = statement<{ comments: number; counted: number }>(
  'present',
  () =>
    'SELECT (SELECT count(*) FROM comment) AS comments, (SELECT sum(comment_count) FROM discussion) AS counted',
);
const INTEGRITY = statement<{ integrity_check: string }>(
  'integrity',
  () => 'SELECT integrity_check FROM pragma_integrity_check',
);

const DISCUSSIONS = statement('discussions', () => 'SELECT id FROM discussion');

function text(body: string) {
  return { body, bodyHtml: `<p>${body}</p>`, bodyText: body };
}

async function addDiscussion(tx: Tx): Promise<void> {
  const times = { createdAt: AT, lastActivityAt: AT };
  await tx.discussion.create({
    data: { id: DISCUSSION_ID, slug: 'q', title: 'Q', titleKey: 'q', ...text('Q'), ...times },
  });
}

async function addComment(tx: Tx, body: string): Promise<void> {
  const { commentCount } = await tx.discussion.update({
    where: { id: DISCUSSION_ID },
    data: { commentCount: { increment: 1 } },
  });
  const id = String(commentCount).padStart(26, '0');
  await tx.comment.create({ data: { id, discussionId: DISCUSSION_ID, ...text(body), createdAt: AT } });
}

/** What lines may ask of one database. */
async function openForum(file: string): Promise<Record<string, (argument: string) => unknown>> {
  await migrate(`file:${file}`);
  const db = await openDatabase(`file:${file}`);
  const known = await db.read.all(DISCUSSIONS, []);
  if (known.length === 0) await db.write(addDiscussion);

  let acknowledged = 0;
  let isFlowing = false;
  let flow = Promise.resolve();
  let holder: Sqlite.Database | undefined;

  const writeOnAndOn = async () => {
    while (isFlowing) {
      await db.write((tx) => addComment(tx, 'one of many'));
      acknowledged += 1;
      // a write on SQLite waits for no input or output: without this, no further line would be read
      await nextTurn();
    }
  };

  return {
    open: () => true,
    ping: () => true,
    add: () => db.write((tx) => addComment(tx, 'one')),
    'add-long': (chars) => db.write((tx) => addComment(tx, 'x'.repeat(Number(chars)))),
    flow: () => {
      isFlowing = true;
      flow = writeOnAndOn();
    },
    acknowledged: () => acknowledged,
    halt: async () => {
      isFlowing = false;
      await flow;
      return acknowledged;
    },
    present: async () => {
      const [row] = await db.read.all(STANDING, []);
      const [check] = await db.read.all(INTEGRITY, []);
      return { ...row, integrity: check?.integrity_check };
    },
    close: () => db.close(),
    // for tests of waiting: closes the forum, then holds the whole file
    hold: async () => {
      await db.close();
      holder = new Sqlite(file);
      holder.pragma('locking_mode = EXCLUSIVE');
      holder.exec('BEGIN EXCLUSIVE; COMMIT');
    },
    release: () => {
      holder?.close();
    },
  };
}

const forums = new Map<string, ReturnType<typeof openForum>>();

async function obey(line: string): Promise<void> {
  const [number, file = '', verb = '', argument = ''] = line.split(' ');
  const forum = forums.get(file) ?? openForum(file);
  forums.set(file, forum);
  const answer = await (await forum)[verb]?.(argument);
  if (verb === 'close') forums.delete(file);
  process.stdout.write(`${JSON.stringify({ number: Number(number), answer })}\n`);
}

createInterface({ input: process.stdin }).on('line', obey);
await once(process.stdin, 'end');
process.exit();
