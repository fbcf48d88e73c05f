import type { NewId, Tx } from '../../store/index.ts';
import { type ImportedTime, restatedTime } from '../../text/imported-time.ts';
import { titleKeyOf } from '../../text/slug.ts';

/** A related discussion as an imported document has it. */
export interface ImportedLink {
  readonly title: string;
  readonly url: string;
  /** Null if it is not given. */
  readonly time: ImportedTime | null;
  readonly commentCount: number;
}

/** Rows in one statement. */
const BATCH = 500;

/**
 * Saves a document's links in their order. Links that the document no longer has follow them, and curated links stay as
 * they are. A link whose title a discussion has leads to the discussion, so the caller holds the titles' locks
 * (`lockTitles`). Such a link keeps its title, because an earlier title of the discussion may have been redacted. Returns
 * the number of rows that it added or changed.
 */
export async function saveImportedLinks(
  tx: Tx,
  newId: NewId,
  discussionId: string,
  imported: readonly ImportedLink[],
): Promise<number> {
  const orderBy = [{ position: 'asc' as const }, { id: 'asc' as const }];
  const stored = await tx.relatedLink.findMany({ where: { discussionId }, orderBy });
  const links = [...new Map(imported.map((link) => [link.url, link])).values()];
  const targets = await targetsOf(tx, discussionId, links);
  const wanted = new Map(
    links.map(({ title, url, time, commentCount }, position) => {
      const titleKey = titleKeyOf(title);
      const columns = { position, importedCommentCount: commentCount };
      return [url, { columns, named: { title, titleKey }, time, targetId: targets.get(titleKey) ?? null }];
    }),
  );
  let changed = 0;
  let next = links.length;
  for (const row of stored) {
    const want = wanted.get(row.url);
    wanted.delete(row.url);
    if (row.source === 'CURATED') continue;
    const data = want
      ? {
          ...changesOf(row, want.columns),
          ...timeChanges(row, want.time),
          ...(row.targetId === null && changesOf(row, { ...want.named, targetId: want.targetId })),
        }
      : changesOf(row, { position: next++ });
    if (Object.keys(data).length === 0) continue;
    await tx.relatedLink.update({ where: { id: row.id }, data });
    changed++;
  }
  const created = [...wanted].map(([url, { columns, named, time, targetId }]) => {
    const times = time && { createdAt: time.at, createdAtIsApproximate: time.isApproximate };
    return {
      id: newId(),
      discussionId,
      source: 'IMPORTED' as const,
      url,
      targetId,
      ...columns,
      ...named,
      ...times,
    };
  });
  for (let i = 0; i < created.length; i += BATCH) {
    await tx.relatedLink.createMany({ data: created.slice(i, i + BATCH) });
  }
  return changed + created.length;
}

/** The discussions with the links' titles; the oldest one for each title. */
async function targetsOf(
  tx: Tx,
  discussionId: string,
  links: readonly ImportedLink[],
): Promise<Map<string, string>> {
  const keys = [...new Set(links.map(({ title }) => titleKeyOf(title)))];
  const targets = new Map<string, string>();
  for (let i = 0; i < keys.length; i += BATCH) {
    const titleKey = { in: keys.slice(i, i + BATCH) };
    const rows = await tx.discussion.findMany({
      where: { titleKey, deletedAt: null, id: { not: discussionId } },
      select: { id: true, titleKey: true },
      orderBy: { id: 'desc' },
    });
    for (const row of rows) targets.set(row.titleKey, row.id);
  }
  return targets;
}

function changesOf<Row extends object, Wanted extends Partial<Row>>(
  row: Row,
  wanted: Wanted,
): Partial<Wanted> {
  const entries = Object.entries(wanted) as [keyof Row & keyof Wanted, unknown][];
  return Object.fromEntries(entries.filter(([key, value]) => row[key] !== value)) as Partial<Wanted>;
}

function timeChanges(
  row: { createdAt: Date | null; createdAtIsApproximate: boolean },
  time: ImportedTime | null,
) {
  if (time === null) return {};
  const { createdAt, createdAtIsApproximate } = row;
  if (createdAt) return restatedTime({ createdAt, createdAtIsApproximate }, time);
  return { createdAt: time.at, createdAtIsApproximate: time.isApproximate };
}
