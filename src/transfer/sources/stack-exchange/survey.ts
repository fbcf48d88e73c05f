import path from 'node:path';
import { PerId } from '../per-id.ts';
import { type OnBytes, RECORDS_WEIGHT, sizeOf } from '../reading.ts';
import { type XmlItem, xmlItems } from '../xml-items.ts';

/** The files that are read, with the root element of each. Other files of a dump are of no use here. */
const ROOTS = {
  Posts: 'posts',
  Users: 'users',
  Comments: 'comments',
  Votes: 'votes',
  PostLinks: 'postlinks',
  PostHistory: 'posthistory',
} as const;
export type DumpFile = keyof typeof ROOTS;

/** How often each file is read from its beginning to its end: before the records, and for these. */
const PASSES: Readonly<Record<DumpFile, readonly [number, number]>> = {
  Posts: [1, 2],
  Users: [0, 1],
  Comments: [1, 1],
  Votes: [1, 0],
  PostLinks: [1, 0],
  PostHistory: [1, 0],
};

/** A dump's folder. */
export interface Dump {
  readonly folder: string;
  readonly site: string;
  /** The size of each file that there is. */
  readonly sizes: ReadonlyMap<DumpFile, number>;
}

export const PostType = { question: '1', answer: '2' } as const;
const LinkType = { duplicate: '3' } as const;
const VoteType = { accepted: '1', up: '2', down: '3' } as const;

/** A row of PostLinks.xml. */
export interface PostLink {
  readonly line: number;
  readonly id: number;
  readonly from: number;
  readonly to: number;
  readonly isDuplicate: boolean;
}

/** What must be known of a dump before its first record, in a few bytes for each post and user. */
export interface Survey {
  /** Of a question -1, of an answer its question's id. 0: there is no such post, or it is of another kind. */
  readonly posts: PerId;
  /** 1: the post is in the dump and deleted. */
  readonly deleted: PerId;
  /** 1 if the user wrote something, 2 if the user is in Users.xml as well. */
  readonly users: PerId;
  /** The accepted answer of a question. */
  readonly accepted: PerId;
  /** When an answer was accepted, in milliseconds since 1970. */
  readonly acceptedAt: PerId;
  /** Upvotes minus downvotes, for posts that have no score. */
  readonly votes: PerId;
  readonly links: readonly PostLink[];
}

export const fileOf = (dump: Dump, name: DumpFile) => path.join(dump.folder, `${name}.xml`);

/** The sizes of the files that there are. */
export async function sizesOf(folder: string): Promise<Map<DumpFile, number>> {
  const sizes = new Map<DumpFile, number>();
  for (const name of Object.keys(ROOTS) as DumpFile[]) {
    const size = await sizeOf(path.join(folder, `${name}.xml`));
    if (size !== null) sizes.set(name, size);
  }
  return sizes;
}

/** The number of bytes that will be read; those of records count RECORDS_WEIGHT times. */
export function bytesToRead({ sizes }: Dump): number {
  return [...sizes].reduce((sum, [name, size]) => {
    const [before, records] = PASSES[name];
    return sum + size * (before + records * RECORDS_WEIGHT);
  }, 0);
}

/** The rows of a file, in batches. None if there is no such file. */
export async function* rowsOf(dump: Dump, name: DumpFile, onBytes: OnBytes): AsyncGenerator<XmlItem[]> {
  if (dump.sizes.has(name)) yield* xmlItems(fileOf(dump, name), ROOTS[name], onBytes);
}

/** An attribute as a number that identifies something. Null if it is missing or no positive number. */
export function idOf(row: XmlItem, name: string): number | null {
  const text = row.attributes[name];
  return text !== undefined && /^[1-9]\d{0,14}$/.test(text) ? Number(text) : null;
}

export async function surveyDump(dump: Dump, onBytes: OnBytes): Promise<Survey> {
  const { posts, deleted, users, accepted, acceptedAt, votes } = {
    ...{ posts: new PerId(), deleted: new PerId(), users: new PerId(), accepted: new PerId() },
    ...{ acceptedAt: new PerId(), votes: new PerId() },
  };
  for await (const rows of rowsOf(dump, 'Posts', onBytes)) {
    for (const row of rows) {
      const id = idOf(row, 'Id');
      const kind = row.attributes['PostTypeId'];
      if (id === null) continue;
      if (row.attributes['DeletionDate']) {
        deleted.set(id, 1);
        continue;
      }
      if (kind === PostType.question) posts.set(id, -1);
      else if (kind === PostType.answer) posts.set(id, idOf(row, 'ParentId') ?? 0);
      else continue;
      users.set(idOf(row, 'OwnerUserId') ?? 0, 1);
      accepted.set(id, idOf(row, 'AcceptedAnswerId') ?? 0);
    }
  }
  for await (const rows of rowsOf(dump, 'Comments', onBytes)) {
    for (const row of rows) users.set(idOf(row, 'UserId') ?? 0, 1);
  }
  for await (const rows of rowsOf(dump, 'Votes', onBytes)) {
    for (const row of rows) countVote(row, votes, acceptedAt);
  }
  return { ...{ posts, deleted, users, accepted, acceptedAt, votes }, links: await linksOf(dump, onBytes) };
}

function countVote(row: XmlItem, votes: PerId, acceptedAt: PerId): void {
  const post = idOf(row, 'PostId');
  if (post === null) return;
  const type = row.attributes['VoteTypeId'];
  if (type === VoteType.up) votes.add(post, 1);
  if (type === VoteType.down) votes.add(post, -1);
  if (type === VoteType.accepted) acceptedAt.set(post, Date.parse(`${row.attributes['CreationDate']}Z`) || 0);
}

async function linksOf(dump: Dump, onBytes: OnBytes): Promise<PostLink[]> {
  const links: PostLink[] = [];
  for await (const rows of rowsOf(dump, 'PostLinks', onBytes)) {
    for (const row of rows) {
      const [id, from, to] = [idOf(row, 'Id'), idOf(row, 'PostId'), idOf(row, 'RelatedPostId')];
      if (id === null || from === null || to === null) continue;
      const isDuplicate = row.attributes['LinkTypeId'] === LinkType.duplicate;
      links.push({ line: row.line, id, from, to, isDuplicate });
    }
  }
  return links;
}
