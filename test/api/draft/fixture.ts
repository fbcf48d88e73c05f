import { afterAll, beforeAll, beforeEach } from 'vitest';
import type { Engine } from '../../../src/store/index.ts';
import { type Forum, openForum } from '../../support/forum.ts';

/** Every field of a draft. */
export const FIELDS = `id kind savedAt title body revision category { name } product { name } tags { slug }
  discussion { id } comment { id }`;
export const LIST = `{ viewer { drafts(first: 100) { totalCount edges { cursor node { ${FIELDS} } } } } }`;
/** An empty draft of a new discussion. */
export const EMPTY = {
  ...{ kind: 'DISCUSSION', title: null, body: '', revision: null, category: null, product: null, tags: [] },
  ...{ discussion: null, comment: null },
};

/** One of the forum's cast. */
export type Person = ReturnType<Forum['as']>;

/** What the tests of drafts do with a forum. */
export function draftsOf(forum: Forum) {
  let people = 0;
  const list = async (who: Person) => (await who.ask(LIST)).data.viewer.drafts;
  return {
    newcomer: () => forum.as(`writer ${++people}`),
    start: async (by = 'ada'): Promise<string> =>
      (await forum.as(by).do('createDiscussion', { title: 'Is it so?', body: 'B' }, 'discussion { id }')).data
        .createDiscussion.discussion.id,
    say: async (discussionId: string, by = 'ben', replyToId?: string): Promise<string> => {
      const input = { discussionId, replyToId, body: 'It is.' };
      return (await forum.as(by).do('addComment', input, 'comment { id }')).data.addComment.comment.id;
    },
    save: async (who: Person, input: object) => {
      const saved = await who.do('saveDraft', { ...input }, `draftEdge { cursor node { ${FIELDS} } }`);
      return saved.data.saveDraft.draftEdge;
    },
    list,
    /** Deletes all drafts of one of the cast. */
    clear: async (who: Person) => {
      for (const { node } of (await list(who)).edges)
        await who.do('deleteDraft', { draftId: node.id }, 'deletedDraftId');
    },
    /** The texts of somebody's drafts, newest first. */
    bodies: async (who: Person): Promise<string[]> => {
      const { totalCount, edges } = await list(who);
      const bodies = edges.map(({ node }: { node: { body: string } }) => node.body);
      if (totalCount !== bodies.length)
        throw new Error(`${totalCount} drafts are counted, ${bodies} listed.`);
      return bodies;
    },
  };
}

/** What the tests of a file find. */
export interface DraftState {
  readonly forum: Forum;
  readonly of: ReturnType<typeof draftsOf>;
  readonly discussionId: string;
  readonly commentId: string;
}

/** The forum of the tests of a file: before each, ada starts a discussion, and somebody comments there. */
export function useDrafts(engine: Engine, commentBy = 'ben') {
  const state = {} as { -readonly [K in keyof DraftState]: DraftState[K] };
  beforeAll(async () => {
    const forum = await openForum(engine, 'empty');
    Object.assign(state, { forum, of: draftsOf(forum) });
  });
  afterAll(() => state.forum.close());
  beforeEach(async () => {
    state.discussionId = await state.of.start();
    state.commentId = await state.of.say(state.discussionId, commentBy);
  });
  return (): DraftState => state;
}
