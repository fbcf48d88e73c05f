import type { AskPageQuery } from '../../generated/graphql/graphql.ts';
import { graphql } from '../../generated/graphql/index.ts';
import { type Answer, page, redirect } from '../../http/answers.ts';
import { previewJson, previewProblems } from '../../http/preview-answer.ts';
import type { Visit } from '../../http/visit.ts';
import { viewerOf } from '../../parts/frame.ts';
import { usePage } from '../../parts/page-context.ts';
import { discussionPath } from '../../parts/paths.ts';
import { EMPTY_DRAFT, type QuestionDraft, readQuestion } from './draft.ts';
import { QuestionForm } from './question-form.tsx';
import { findSimilar } from './similar.tsx';

const AskPage = graphql(`
  query AskPage {
    ...Frame
    ...Catalog
  }
`);

const CreateDiscussion = graphql(`
  mutation CreateDiscussion($input: CreateDiscussionInput!) {
    createDiscussion(input: $input) {
      discussion {
        slug
      }
    }
  }
`);

/** How a question would be shown, and what is wrong with it. */
export const PreviewDiscussion = graphql(`
  query PreviewDiscussion($input: PreviewDiscussionInput!) {
    previewDiscussion(input: $input) {
      bodyHTML
      problems {
        code
        field
        message
      }
    }
  }
`);

export async function showAsk(visit: Visit, draft: QuestionDraft = EMPTY_DRAFT): Promise<Answer> {
  const data = await visit.ask(AskPage);
  return page({
    status: draft.problems.length > 0 ? 422 : 200,
    title: visit.speech.text('ask.title'),
    viewer: viewerOf(data),
    isIndexed: true,
    view: <AskView data={data} draft={draft} />,
  });
}

/** Starts a discussion, or shows how it would look. */
export async function ask(visit: Visit): Promise<Answer> {
  const input = readQuestion(visit);
  const draft: QuestionDraft = { ...EMPTY_DRAFT, ...input };
  if (visit.form.get('intent') === 'preview') {
    const preview = await previewQuestion(visit);
    if (visit.wantsJson) return previewJson(visit, preview.previewHTML, preview.problems);
    return showAsk(visit, { ...draft, ...preview, similar: await findSimilar(visit, input.title) });
  }
  const { data, refusal } = await visit.attempt(CreateDiscussion, {
    input: { ...input, idempotencyKey: visit.idempotencyKey },
  });
  if (refusal) {
    const similar = await findSimilar(visit, input.title);
    return showAsk(visit, { ...draft, problems: refusal.problems, similar });
  }
  const slug = data.createDiscussion.discussion?.slug;
  return redirect(slug === undefined ? '/' : discussionPath(slug));
}

/** The question as it would look, and everything that is wrong with it. */
export async function previewQuestion(
  visit: Visit,
): Promise<Pick<QuestionDraft, 'previewHTML' | 'problems'>> {
  const { data, refusal } = await visit.attempt(PreviewDiscussion, { input: readQuestion(visit) });
  if (refusal) return { previewHTML: null, problems: refusal.problems };
  const { bodyHTML, problems } = data.previewDiscussion;
  return { previewHTML: bodyHTML, problems: previewProblems(problems) };
}

function AskView({ data, draft }: { readonly data: AskPageQuery; readonly draft: QuestionDraft }) {
  const { viewer, text } = usePage();
  return (
    <div class="page page--single">
      <main id="main" class="wide-form">
        <h1 class="title">{text('ask.title')}</h1>
        <QuestionForm
          catalog={data}
          draft={draft}
          action="/ask"
          submit={text(viewer === null ? 'ask.signInAndPost' : 'ask.post')}
        />
      </main>
    </div>
  );
}
