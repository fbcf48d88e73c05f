import { notFound, requirePermission } from '../../api/api-error.ts';
import { graphql } from '../../generated/graphql/index.ts';
import { type Answer, page, redirect } from '../../http/answers.ts';
import { previewJson } from '../../http/preview-answer.ts';
import type { Visit } from '../../http/visit.ts';
import { viewerOf } from '../../parts/frame.ts';
import { discussionPath } from '../../parts/paths.ts';
import { leadOnIfMerged } from '../errors/merged-discussion.ts';
import { previewQuestion } from './ask.tsx';
import { EMPTY_DRAFT, type QuestionDraft, readEdit } from './draft.ts';
import { QuestionConflict } from './question-conflict.tsx';
import { QuestionForm } from './question-form.tsx';

const DiscussionToEdit = graphql(`
  query DiscussionToEdit($slug: String!) {
    ...Frame
    ...Catalog
    discussion(slug: $slug) {
      id
      slug
      title
      body
      revision
      ...QuestionPlaces
      ...QuestionConflict
      viewerCan {
        update {
          isAllowed
          code
          message
        }
      }
    }
  }
`);

const UpdateDiscussion = graphql(`
  mutation UpdateDiscussion($input: UpdateDiscussionInput!) {
    updateDiscussion(input: $input) {
      discussion {
        slug
      }
    }
  }
`);

/** What was sent, and the revision that it is based on. Null: the newest one, of which the reader is told. */
interface Edit extends QuestionDraft {
  readonly revision: number | null;
  /** Whether somebody else has edited the question since the reader opened it. */
  readonly isConflict?: boolean;
}

/** The form to edit a question. A newer revision than that of `edit` is not taken unseen: saving must find the conflict. */
export async function showEditDiscussion(visit: Visit, edit: Edit | null = null): Promise<Answer> {
  const { text } = visit.speech;
  const data = await visit.ask(DiscussionToEdit, { slug: visit.params['slug'] ?? '' });
  const { discussion } = data;
  if (!discussion) throw notFound();
  const merged = leadOnIfMerged(visit, discussion);
  if (merged) return merged;
  if (edit === null) requirePermission(discussion.viewerCan.update);
  const stored: QuestionDraft = {
    ...EMPTY_DRAFT,
    title: undefined,
    body: discussion.body,
    categoryId: undefined,
    productId: undefined,
    tagSlugs: undefined,
  };
  const path = discussionPath(discussion.slug);
  return page({
    status: edit && edit.problems.length > 0 ? 422 : 200,
    title: text('edit.discussion'),
    viewer: viewerOf(data),
    view: (
      <div class="page page--single">
        <main id="main" class="wide-form">
          <h1 class="title">{text('edit.discussion')}</h1>
          <QuestionForm
            catalog={data}
            places={discussion}
            draft={edit ?? stored}
            isFresh={edit === null}
            isConflict={edit?.isConflict ?? false}
            above={edit?.isConflict && <QuestionConflict discussion={discussion} edit={edit} />}
            action={`${path}/edit`}
            submit={text('edit.save')}
            discussionId={discussion.id}
            revision={edit?.revision ?? discussion.revision}
            cancel={path}
          />
        </main>
      </div>
    ),
  });
}

/**
 * Stores the changes, or shows how they would look. Somebody else's edit in between is not overwritten unseen, and a
 * category, a product or tags that the form has left stay as somebody else has set them.
 */
export async function editDiscussion(visit: Visit): Promise<Answer> {
  const question = readEdit(visit);
  const revision = Number(visit.field('revision')) || null;
  const draft: Edit = { ...EMPTY_DRAFT, ...question, revision };
  if (visit.form.get('intent') === 'preview') {
    const preview = await previewQuestion(visit);
    return visit.wantsJson
      ? previewJson(visit, preview.previewHTML, preview.problems)
      : showEditDiscussion(visit, { ...draft, ...preview });
  }
  const input = {
    ...question,
    discussionId: visit.field('discussion'),
    revision,
    idempotencyKey: visit.idempotencyKey,
  };
  const { data, refusal } = await visit.attempt(UpdateDiscussion, { input });
  if (data) return redirect(discussionPath(data.updateDiscussion.discussion?.slug ?? ''));
  if (refusal.code !== 'CONFLICT') return showEditDiscussion(visit, { ...draft, problems: refusal.problems });
  const problems = [{ field: null, message: visit.speech.text('edit.conflict'), isOwn: true }];
  return showEditDiscussion(visit, { ...draft, revision: null, problems, isConflict: true });
}
