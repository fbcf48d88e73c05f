import { systemClock } from '../../access/clock.ts';
import { findStaleNameKeys, mendNameKeys } from '../../forum/author/index.ts';
import {
  countForum,
  findFlaws,
  findFutureRows,
  findMiscounts,
  mendFutureRow,
  recountDiscussion,
  renderCommentAgain,
} from '../../forum/comment/index.ts';
import { findStaleTitleKeys, mendTitleKey, renderDiscussionAgain } from '../../forum/discussion/index.ts';
import { adoptWaitingLinks, findLostLinks, findWaitingLinks } from '../../forum/related/index.ts';
import { findIndexFault, findIndexFlaws, mendIndexFlaw, reindex } from '../../forum/search/index.ts';
import type { Database } from '../../store/index.ts';
import { findStaleTexts } from './stale-texts.ts';
import { findEmailFlaws } from './waiting-emails.ts';

/** An inconsistency in the database. */
export type Finding = {
  readonly table: string;
  readonly id: string;
  readonly isMended: boolean;
} & (
  | {
      readonly kind: 'counter';
      /** The column's name in SQL. */
      readonly column: string;
      readonly stored: number | string | null;
      readonly counted: number | string | null;
    }
  | { readonly kind: 'flaw' | 'link' | 'rendering' | 'time' | 'index' | 'email'; readonly message: string }
);

interface ExamineOptions {
  /** Repairs everything but flaws, which need a person's decision. */
  readonly fix: boolean;
  /** Also renders every text again and compares it, which takes minutes in a large forum. */
  readonly rendering: boolean;
  /** The hosts from which images are shown. If omitted, none. */
  readonly imageHosts?: readonly string[];
  /** The time of the examination. If omitted, the machine's. */
  readonly now?: Date;
  onFinding?(finding: Finding): void;
  /** Called after each counted part. If it throws, the examination ends. */
  onPart?(): void;
}

export interface Examination {
  readonly discussions: number;
  readonly comments: number;
  readonly findings: number;
  readonly mended: number;
}

/**
 * Recounts every stored counter, and checks what foreign keys cannot enforce, while the server may run. Memory use does
 * not grow with the forum. Before a difference is reported, it is confirmed with the discussion's row locked, and
 * repaired in the same transaction.
 */
export async function examine(db: Database, options: ExamineOptions): Promise<Examination> {
  const result = { discussions: 0, comments: 0, findings: 0, mended: 0 };
  const report = (finding: Finding) => {
    result.findings++;
    if (finding.isMended) result.mended++;
    options.onFinding?.(finding);
  };
  const now = options.now ?? systemClock();
  await examineTimes(db, options.fix, now, report);
  for (const flaw of await findEmailFlaws(db, now, options.fix))
    report({ kind: 'email', table: 'queued_email', id: 'queue', ...flaw });
  for await (const part of countForum(db)) {
    result.discussions += part.discussions;
    result.comments += part.comments;
    for (const id of part.suspects) await examineCounters(db, id, options.fix, report);
    options.onPart?.();
  }
  for await (const flaw of findFlaws(db)) report({ kind: 'flaw', isMended: false, ...flaw });
  await examineTitleKeys(db, options.fix, report);
  await examineLinks(db, options.fix, report);
  await examineIndex(db, options.fix, report);
  await examineNameKeys(db, options.fix, report);
  if (options.rendering) await examineTexts(db, options, report);
  return result;
}

type Report = (finding: Finding) => void;

async function examineTimes(db: Database, fix: boolean, now: Date, report: Report): Promise<void> {
  for await (const row of findFutureRows(db, now)) {
    if (fix) await db.write((tx) => mendFutureRow(tx, row, now));
    const message = `it was written in the future, at ${new Date(row.createdAt).toISOString()}`;
    report({ kind: 'time', table: row.table, id: row.id, isMended: fix, message });
  }
}

async function examineCounters(db: Database, id: string, fix: boolean, report: Report): Promise<void> {
  const differences = await db.write((tx) => (fix ? recountDiscussion(tx, id) : findMiscounts(tx, id)));
  for (const { column, ...difference } of differences) {
    const name = column.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    report({ kind: 'counter', column: name, isMended: fix, ...difference });
  }
}

async function examineTitleKeys(db: Database, fix: boolean, report: Report): Promise<void> {
  for await (const id of findStaleTitleKeys(db)) {
    if (fix) await db.transaction((tx) => mendTitleKey(tx, id));
    const message = 'its title key is not that of its title';
    report({ kind: 'index', table: 'discussion', id, isMended: fix, message });
  }
}

async function examineLinks(db: Database, fix: boolean, report: Report): Promise<void> {
  const table = 'related_link';
  for (const { id, titleKey, targetId } of await findWaitingLinks(db)) {
    if (fix) await db.write((tx) => adoptWaitingLinks(tx, targetId, titleKey));
    report({
      kind: 'link',
      table,
      id,
      isMended: fix,
      message: 'it links to another site, although its title is discussed here',
    });
  }
  for (const id of await findLostLinks(db)) {
    report({
      kind: 'flaw',
      table,
      id,
      isMended: false,
      message: 'it refers to a missing discussion',
    });
  }
}

/** An index that has to be made anew is one finding, whatever it lacks. */
async function examineIndex(db: Database, fix: boolean, report: Report): Promise<void> {
  const fault = await findIndexFault(db);
  if (fault !== null) {
    if (fix) await reindex(db);
    const message = `${fault.charAt(0).toLowerCase()}${fault.slice(1)}`;
    report({ kind: 'index', table: 'search_state', id: 'index', isMended: fix, message });
    return;
  }
  for await (const flaw of findIndexFlaws(db)) {
    if (fix) await mendIndexFlaw(db, flaw);
    const { table, id, message } = flaw;
    report({ kind: 'index', table, id, isMended: fix, message });
  }
}

async function examineNameKeys(db: Database, fix: boolean, report: Report): Promise<void> {
  for await (const id of findStaleNameKeys(db)) {
    if (fix) await mendNameKeys(db, id);
    const message = 'it is not found by its present name and handle';
    report({ kind: 'index', table: 'author', id, isMended: fix, message });
  }
}

async function examineTexts(
  db: Database,
  { fix, imageHosts = [] }: ExamineOptions,
  report: Report,
): Promise<void> {
  const message = 'its HTML or plain text differs from a new rendering of its source';
  const renderAgain = { discussion: renderDiscussionAgain, comment: renderCommentAgain };
  for (const table of ['discussion', 'comment'] as const) {
    for await (const id of findStaleTexts(db, table, imageHosts)) {
      if (fix) await db.write((tx) => renderAgain[table](tx, id, imageHosts));
      report({ kind: 'rendering', table, id, isMended: fix, message });
    }
  }
}
