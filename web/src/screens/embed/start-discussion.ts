import { ApiError, notFound, signInNeeded, unreachable } from '../../api/api-error.ts';
import { graphql } from '../../generated/graphql/index.ts';
import { type Answer, redirect } from '../../http/answers.ts';
import { previewJson, previewProblems } from '../../http/preview-answer.ts';
import type { Visit } from '../../http/visit.ts';
import { AddComment, PreviewComment } from '../discussion/add-comment.tsx';
import type { Draft } from '../discussion/thread-context.ts';
import { type EmbedQuery, framePath, readEmbedQuery } from './embed-query.ts';
import { showEmbed } from './show-embed.tsx';

const StartDiscussion = graphql(`
  mutation StartDiscussion($input: FindOrCreateDiscussionInput!) {
    findOrCreateDiscussion(input: $input) {
      discussion {
        id
      }
      isNew
    }
  }
`);

const UndoStart = graphql(`
  mutation UndoStart($input: DeleteDiscussionInput!) {
    deleteDiscussion(input: $input) {
      deletedDiscussionId
    }
  }
`);

/** The comment is checked before its discussion exists: this is the id of none. */
const NO_DISCUSSION = 'none';

/**
 * Posts the first comment of a page, and starts its discussion. If the host has signed key and title, the discussion is
 * the owner's of EMBED_API_KEY. Otherwise it is the reader's, who may start discussions anyway.
 */
export async function startDiscussion(visit: Visit): Promise<Answer> {
  const query = readEmbedQuery(visit);
  if (query === null) throw notFound();
  const body = visit.form.get('body') ?? '';
  const draft: Draft = { replyToId: null, body, previewHTML: null, problems: [] };
  if (visit.form.get('intent') === 'preview') {
    const preview = await previewOf(visit, body);
    if (visit.wantsJson) return previewJson(visit, preview.previewHTML, preview.problems);
    return showEmbed(visit, { ...draft, ...preview });
  }
  if (visit.token === null) throw signInNeeded();
  // a comment that would be refused starts nothing
  const { problems } = await previewOf(visit, body);
  if (problems.length > 0) return showEmbed(visit, { ...draft, problems });

  const maker = makerOf(visit, query);
  const start = { input: discussionOf(visit, query) };
  const started = await maker.attempt(StartDiscussion, start).catch((error: unknown) => {
    const isOfKey = maker !== visit && error instanceof ApiError && error.code === 'UNAUTHENTICATED';
    throw isOfKey ? unreachable('The API refuses EMBED_API_KEY.') : error;
  });
  if (started.refusal) return showEmbed(visit, { ...draft, problems: started.refusal.problems });
  const { discussion, isNew } = started.data.findOrCreateDiscussion;
  const discussionId = discussion?.id ?? '';
  // what no check foresees, such as a rate limit, must not leave an empty discussion behind
  const undo = async () => {
    if (isNew) await maker.tell(UndoStart, { input: { discussionId, isOnlyIfEmpty: true } });
  };
  const input = { discussionId, body, idempotencyKey: visit.idempotencyKey };
  const { data, refusal } = await visit.attempt(AddComment, { input }).catch(async (error: unknown) => {
    await undo();
    throw error;
  });
  if (refusal) {
    await undo();
    return showEmbed(visit, { ...draft, problems: refusal.problems });
  }
  const id = data.addComment.comment?.id;
  return redirect(id === undefined ? visit.here : `${framePath(visit, { comment: id })}#${id}`);
}

/** What `addComment` would say of a comment in a discussion that it is allowed in. */
async function previewOf(visit: Visit, body: string) {
  const input = { discussionId: NO_DISCUSSION, body };
  const { data, refusal } = await visit.attempt(PreviewComment, { input });
  const { bodyHTML: previewHTML = null, problems: found = [] } = data?.previewComment ?? {};
  const problems = refusal?.problems ?? previewProblems(found);
  const others = problems.filter(({ field }) => field !== 'input.discussionId');
  return { previewHTML, problems: others };
}

function makerOf(visit: Visit, { isSigned }: EmbedQuery): Visit {
  const { apiKey } = visit.site.embedding;
  return isSigned && apiKey !== null ? visit.as(apiKey) : visit;
}

function discussionOf({ speech }: Visit, { externalId, title, pageUrl }: EmbedQuery) {
  const body = speech.text('embed.startText', { url: pageUrl === null ? title : `<${pageUrl}>` });
  return { externalId, title, body };
}
