import { writeFile } from 'node:fs/promises';
import { Writable } from 'node:stream';
import { defaultPageUrls } from '../../src/access/page-urls.ts';
import { globalId } from '../../src/graphql/global-id.ts';
import { type ImportResult, importDocument } from '../../src/import/index.ts';
import { newId } from '../../src/store/ids.ts';
import { type Database, openSnapshot } from '../../src/store/index.ts';
import {
  type ExportRole,
  exportForum,
  importRecords,
  Report,
  type ReportSummary,
  SOURCES,
  writeRecords,
} from '../../src/transfer/index.ts';
import { temporaryFolder } from '../support/database.ts';
import { type DiscussionDraft, threadDocument } from '../support/documents.ts';
import { type Answer, type Person, SITE_URL } from '../support/forum.ts';

/** An export as text. */
export async function exported(url: string, role: ExportRole = 'admin'): Promise<string> {
  const chunks: string[] = [];
  const to = new Writable({
    write: (chunk: Buffer, _, done) => {
      chunks.push(chunk.toString('utf8'));
      done();
    },
  });
  const snapshot = await openSnapshot(url);
  try {
    await writeRecords(exportForum(snapshot, role, defaultPageUrls(SITE_URL)), to);
    return chunks.join('');
  } finally {
    await snapshot.close();
  }
}

/** The records of an export. */
export function recordsIn(text: string): Record<string, unknown>[] {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

export function linesOf(records: readonly object[]): string {
  return [{ type: 'forum', version: 1 }, ...records].map((record) => `${JSON.stringify(record)}\n`).join('');
}

/** Imports a text as a file named "forum.jsonl". Throws what the import throws; `report` has what it did before. */
export async function imported(
  db: Database,
  text: string | Uint8Array,
  report: Report = new Report(),
  keepRoles?: boolean,
): Promise<ReportSummary> {
  const folder = temporaryFolder();
  try {
    const file = folder.file('forum.jsonl');
    await writeFile(file, text);
    const source = await (SOURCES['parley'] as NonNullable<(typeof SOURCES)[string]>).open(file, {
      site: null,
    });
    await importRecords({ db, newId, imageHosts: [], replyDepthMax: 10 }, source, {
      ...{ report, keepRoles },
    });
    return report.summary();
  } finally {
    folder.remove();
  }
}

/** Imports a thread document as a file named "a.md", captured on 24 November 2026. */
export function loadDocument(db: Database, draft: DiscussionDraft): Promise<ImportResult> {
  const captured = { fileName: 'a.md', asOf: new Date('2026-11-24T00:00:00Z') };
  return importDocument({ db, newId }, threadDocument(draft), captured);
}

/** What an export of a forum's database has at the moment. */
export function storedIn(urlOf: () => string) {
  const stored = async (type: string) =>
    recordsIn(await exported(urlOf())).filter((record) => record['type'] === type);
  return {
    stored,
    /** The texts of all comments, sorted. */
    bodies: async () => (await stored('comment')).map(({ body }) => body).sort(),
    /** The global id of a discussion by its title, or of a comment by its text. */
    idOf: async (type: 'Comment' | 'Discussion', text: string) => {
      const found = (await stored(type.toLowerCase())).find(({ title, body }) => (title ?? body) === text);
      return globalId(type, String(found?.['key']));
    },
  };
}

/** How many records had an effect. */
export function changesOf({ records }: ReportSummary): number {
  return Object.values(records).reduce((sum, { created, updated }) => sum + created + updated, 0);
}

/** Runs a mutation that must succeed. */
export async function done(person: Person, ...what: Parameters<Person['do']>): Promise<Answer['data']> {
  const { data, errors } = await person.do(...what);
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
}
