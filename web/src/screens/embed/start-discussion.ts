import { ApiError, notFound, signInNeeded, unreachable } from '../../api/api-error.ts';
import { graphql } from '../../generated/graphql/index.ts';
import { type Answer, json, redirect } from '../../http/answers.ts';
import type { Visit } from '../../http/visit.ts';
import { PreviewDiscussion } from '../ask/ask.tsx';
import { AddComment } from '../discussion/add-comment.tsx';
import type { Draft } from '../discussion/thread-context.ts';
import { type EmbedQuery, framePath, readEmbedQuery } from './embed-query.ts';
import { showEmbed } from './show-embed.tsx';

const StartDiscussion = graphql(`
  mutation StartDiscussion($input: FindOrCreateDiscussionInput!) {
    findOrCreateDiscussion(input: $input) {
      discussion {
        id
      }
    }
  }
`);

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
    const preview = await previewOf(visit, query, body);
    if (visit.wantsJson) return json({ html: preview.previewHTML, problems: preview.problems });
    return showEmbed(visit, { ...draft, ...preview });
  }
  if (visit.token === null) throw signInNeeded();
  // a comment that would be refused starts nothing
  const { problems } = await previewOf(visit, query, body);
  if (problems.length > 0) return showEmbed(visit, { ...draft, problems });

  const maker = makerOf(visit, query);
  const input = discussionOf(visit, query);
  const started = await maker.attempt(StartDiscussion, { input }).catch((error: unknown) => {
    const isOfKey = maker !== visit && error instanceof ApiError && error.code === 'UNAUTHENTICATED';
    throw isOfKey ? unreachable('The API refuses EMBED_API_KEY.') : error;
  });
  if (started.refusal) return showEmbed(visit, { ...draft, problems: started.refusal.problems });
  const discussionId = started.data.findOrCreateDiscussion.discussion?.id ?? '';
  const { data, refusal } = await visit.attempt(AddComment, {
    input: { discussionId, body, idempotencyKey: visit.idempotencyKey },
  });
  if (refusal) return showEmbed(visit, { ...draft, problems: refusal.problems });
  const id = data.addComment.comment?.id;
  return redirect(id === undefined ? visit.here : `${framePath(visit, { comment: id })}#${id}`);
}

async function previewOf(visit: Visit, { title }: EmbedQuery, body: string) {
  const { data, refusal } = await visit.attempt(PreviewDiscussion, { input: { title, body } });
  const { bodyHTML = null, problems = [] } = data?.previewDiscussion ?? {};
  const others = (refusal?.problems ?? problems).filter(({ field }) => field !== 'input.title');
  return { previewHTML: bodyHTML, problems: others };
}

function makerOf(visit: Visit, { isSigned }: EmbedQuery): Visit {
  const { apiKey } = visit.site.embedding;
  return isSigned && apiKey !== null ? visit.as(apiKey) : visit;
}

function discussionOf({ speech }: Visit, { externalId, title, pageUrl }: EmbedQuery) {
  const body = speech.text('embed.startText', { url: pageUrl === null ? title : `<${pageUrl}>` });
  return { externalId, title, body };
}
