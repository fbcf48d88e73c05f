import type { Forum } from '../../support/forum.ts';

/** Every field of a draft. */
export const FIELDS = `id kind savedAt title body revision category { name } product { name } tags { slug }
  discussion { id } comment { id }`;
export const LIST = `{ viewer { drafts(first: 100) { totalCount edges { cursor node { ${FIELDS} } } } } }`;
/** An empty draft of a new discussion. */
export const EMPTY = {
  ...{ kind: 'DISCUSSION', title: null, body: '', revision: null, category: null, product: null, tags: [] },
  ...{ discussion: null, comment: null },
};

type Person = ReturnType<Forum['as']>;

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
