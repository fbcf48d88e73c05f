import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DEFAULT_POLICY } from '../../../src/access/policy.ts';
import { newId } from '../../../src/store/ids.ts';
import type { Database } from '../../../src/store/index.ts';
import { importRecords, Report, type ReportSummary, SOURCES } from '../../../src/transfer/index.ts';
import { temporaryFolder } from '../../support/database.ts';

type Files = Readonly<Record<string, string>>;

/** Runs `work` with a folder of these files, or with the only one, and removes them. */
export async function withFiles<T>(files: Files, work: (folder: string) => Promise<T>): Promise<T> {
  const folder = temporaryFolder();
  try {
    for (const [name, text] of Object.entries(files)) {
      const file = folder.file(name);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
    const [only, ...more] = Object.keys(files);
    return await work(folder.file(only !== undefined && more.length === 0 ? only : '.'));
  } finally {
    folder.remove();
  }
}

const open = async (kind: string, at: string, site: string | null) => {
  const source = await SOURCES[kind]?.open(at, { site });
  if (!source) throw new Error(`There is no source "${kind}".`);
  return source;
};

/** What a converter yields for these files: its records by type, and the kinds of what it omits. */
export function converted(kind: string, files: Files, site: string | null = 'old.example') {
  return withFiles(files, async (folder) => {
    const source = await open(kind, folder, site);
    const records: Record<string, Record<string, unknown>[]> = {};
    const omitted: string[] = [];
    for await (const item of source) {
      if ('omitted' in item) omitted.push(item.omitted.what);
      else {
        const { type, ...record } = item.record;
        records[type] = [...(records[type] ?? []), { ...record }];
      }
    }
    await source.close?.();
    return { records, omitted, progress: source.progress() };
  });
}

const DEPTH = DEFAULT_POLICY.replyDepthMax;

/** Imports these files. */
export function importedDump(db: Database, kind: string, files: Files): Promise<ReportSummary> {
  return withFiles(files, async (folder) => {
    const report = new Report();
    await importRecords(
      { db, newId, imageHosts: [], replyDepthMax: DEPTH },
      await open(kind, folder, 'old.example'),
      {
        report,
        keepRoles: false,
      },
    );
    return report.summary();
  });
}
