import fc from 'fast-check';
import { rowIdOf } from '../../src/graphql/global-id.ts';
import type { Engine } from '../../src/store/index.ts';
import { openForum } from '../support/forum.ts';
import { canonicalDump } from './dump.ts';
import { brokenAtRest } from './invariants.ts';

const CAST = ['ada', 'ben', 'cleo', 'dora', 'mod'] as const;
/** The discussions, with who started each. */
const STARTED = { source: 'ada', destination: 'ben', third: 'cleo', duplicate: 'ada', other: 'ben' } as const;
export type Role = keyof typeof STARTED;
const ROLES = Object.keys(STARTED) as Role[];
const BODIES = ['It is. @ada says so too.', '**No**, says @ben', 'Ask @cleo', 'a\n\n> b\n\n🦜'];

/** What somebody does to a discussion, or to one of the comments that there are. */
export interface Deed {
  readonly what: What;
  readonly by: (typeof CAST)[number];
  readonly role: Role;
  readonly ofRole: Role;
  readonly n: number;
}

const ON_TEXTS = ['comment', 'reply', 'reply', 'editComment', 'editQuestion', 'redactQuestion'] as const;
const ON_COMMENTS = ['voteOnComment', 'deleteComment', 'restoreComment', 'redactComment'] as const;
const ON_DISCUSSIONS = ['vote', 'bookmark', 'unmark', 'reopen'] as const;
const EARLIER = ['vote', 'bookmark', 'answer', 'mark', 'mark', 'close', 'retitle', 'relate'] as const;
type What =
  | (typeof ON_TEXTS)[number]
  | (typeof ON_COMMENTS)[number]
  | (typeof ON_DISCUSSIONS)[number]
  | (typeof EARLIER)[number]
  | 'markAsOther';

const deedOf = (what: readonly What[]): fc.Arbitrary<Deed> =>
  fc.record({
    ...{ what: fc.constantFrom(...what), by: fc.constantFrom(...CAST), n: fc.nat({ max: 997 }) },
    ...{ role: fc.constantFrom(...ROLES), ofRole: fc.constantFrom(...ROLES) },
  });
/** What may come before a merge. */
export const deed = deedOf([...ON_TEXTS, ...ON_COMMENTS, ...ON_DISCUSSIONS, ...EARLIER]);
/** What may come while discussions are merged. */
export const laterDeed = deedOf([...ON_TEXTS, ...ON_COMMENTS, ...ON_DISCUSSIONS, 'markAsOther']);

/** A forum with five discussions and views of them, and no other rows than those of deeds. */
export type Twin = Awaited<ReturnType<typeof openTwin>>;

export async function openTwin(engine: Engine) {
  const forum = await openForum(engine, 'empty');
  const ids = {} as Record<Role, string>;
  const comments: { readonly id: string; readonly role: Role }[] = [];
  /** The comments that the questions of merged discussions have become. */
  const questions = new Map<Role, string>();

  for (const name of CAST) await forum.as(name).token();
  for (const role of ROLES) {
    const input = { title: `What of the ${role}?`, body: role };
    const made = await forum.as(STARTED[role]).do('createDiscussion', input, 'discussion { id }');
    ids[role] = made.data.createDiscussion.discussion.id;
  }
  await forum.db.write(async (tx) => {
    for (const [viewCount, role] of ROLES.entries())
      await tx.discussionViewCount.create({ data: { discussionId: rowId(ids[role]), viewCount } });
  });

  const send = async (by: string, mutation: string, input: object, selection = 'clientMutationId') => {
    const { data, errors } = await forum.as(by).do(mutation, { ...input }, selection);
    const code = errors?.[0]?.extensions.code ?? 'done';
    if (code === 'INTERNAL_SERVER_ERROR') throw new Error(JSON.stringify({ mutation, input, errors }));
    return { code, payload: data?.[mutation] };
  };
  const commentOf = (n: number) => comments[n % comments.length] ?? { id: NONE, role: 'source' as const };

  async function comment({ by, role, n }: Deed, replyToId = questions.get(role)): Promise<string> {
    const input = {
      discussionId: ids[role],
      body: BODIES[n % BODIES.length],
      ...(replyToId && { replyToId }),
    };
    const { code, payload } = await send(by, 'addComment', input, 'comment { id }');
    if (payload) comments.push({ id: payload.comment.id, role });
    return code;
  }

  const mutationFor = (one: Deed): readonly [mutation: string, input: object] => {
    const { role, n } = one;
    const [discussionId, commentId, question] = [ids[role], commentOf(n).id, questions.get(role)];
    const ofId = ids[one.what === 'markAsOther' ? 'other' : one.ofRole];
    const body = BODIES[(n + 1) % BODIES.length];
    const to: Record<Exclude<What, 'comment' | 'reply'>, readonly [string, object]> = {
      editComment: ['updateComment', { commentId, body }],
      editQuestion: question
        ? ['updateComment', { commentId: question, body }]
        : ['updateDiscussion', { discussionId, body }],
      redactQuestion: question
        ? ['redactCommentRevision', { commentId: question, revision: 1 }]
        : ['redactDiscussionRevision', { discussionId, revision: 1 }],
      voteOnComment: ['setVote', { subjectId: commentId, direction: DIRECTIONS[n % 3] }],
      deleteComment: ['deleteComment', { commentId }],
      restoreComment: ['restoreComment', { commentId }],
      redactComment: ['redactCommentRevision', { commentId, revision: 1 }],
      vote: ['setVote', { subjectId: discussionId, direction: DIRECTIONS[n % 3] }],
      bookmark: ['addBookmark', { discussionId }],
      unmark: ['unmarkDuplicate', { discussionId }],
      reopen: ['reopenDiscussion', { discussionId }],
      answer: ['markCommentAsAnswer', { commentId }],
      mark: ['markDuplicate', { discussionId, originalId: ofId }],
      markAsOther: ['markDuplicate', { discussionId, originalId: ofId }],
      close: ['closeDiscussion', { discussionId, reason: 'RESOLVED' }],
      retitle: ['updateDiscussion', { discussionId, title: `What of the ${role}, ${n}?` }],
      relate: ['addRelatedDiscussion', { discussionId, relatedDiscussionId: ofId }],
    };
    return to[one.what as keyof typeof to];
  };

  return {
    /** Answers the code of its refusal, or `done`. */
    async take(one: Deed): Promise<string> {
      forum.wait(1000);
      if (one.what === 'comment') return comment(one);
      const { id, role } = commentOf(one.n);
      if (one.what === 'reply') return comment({ ...one, role }, id);
      const [mutation, input] = mutationFor(one);
      return (await send(one.by, mutation, input)).code;
    },
    async merge(source: Role, destination: Role): Promise<string> {
      const input = { sourceId: ids[source], destinationId: ids[destination] };
      const { code, payload } = await send('mod', 'mergeDiscussions', input, 'comment { id }');
      if (payload) questions.set(source, payload.comment.id);
      return code;
    },
    async unmerge(source: Role): Promise<string> {
      questions.delete(source);
      return (await send('mod', 'unmergeDiscussions', { sourceId: ids[source] })).code;
    },
    /** Whether a comment is the answer to its discussion. */
    async isAnswer(n: number): Promise<boolean> {
      const { id, role } = commentOf(n);
      const { data } = await forum.ask(`{ discussion(id: "${ids[role]}") { answer { id } } }`);
      return data.discussion.answer?.id === id;
    },
    async isDuplicate(role: Role): Promise<boolean> {
      const { data } = await forum.ask(`{ discussion(id: "${ids[role]}") { duplicateOf { id } } }`);
      return data.discussion.duplicateOf !== null;
    },
    /** What is wrong with the rows, for the doctor and the invariants. */
    broken: () => brokenAtRest(forum.db, forum.now()),
    /** All rows by names in the place of ids, without the moderation log and the numbers of the search index. */
    async rows(): Promise<Record<string, string[]>> {
      const names = new Map<string, string>();
      for (const name of CAST) names.set(rowId(await forum.as(name).id()), name);
      for (const role of ROLES) names.set(rowId(ids[role]), role);
      for (const [n, { id }] of comments.entries()) names.set(rowId(id), `comment ${n}`);
      const { moderation_event: _, search_state: __, ...rows } = await canonicalDump(forum.db, names);
      return withoutNumbers(rows);
    },
    close: () => forum.close(),
  };
}

const NONE = 'C_00000000000000000000000000';
const DIRECTIONS = ['UP', 'DOWN', 'NONE'] as const;
const rowId = (id: string) =>
  rowIdOf('Discussion', id) ?? rowIdOf('Comment', id) ?? rowIdOf('Author', id) ?? '';

/** A text that is indexed again has another number, and a word has the number of a text that had it once. */
function withoutNumbers(rows: Record<string, string[]>): Record<string, string[]> {
  const read = (table: string) =>
    (rows[table] ?? []).map((row) => Object.fromEntries(JSON.parse(row)) as Record<string, unknown>);
  const entries = new Map(read('search_entry').map((row) => [row['n'], row['row_id']]));
  return {
    ...rows,
    search_entry: [...entries.values()].map(String).sort(),
    search_gram: read('search_gram')
      .map((row) => `${row['gram']} ${entries.get(row['n'])}`)
      .sort(),
    search_word: [...new Set(read('search_word').map((row) => String(row['word'])))].sort(),
  };
}
