import { notFound, type Problem, requirePermission } from '../../api/api-error.ts';
import { graphql } from '../../generated/graphql/index.ts';
import { type Answer, page, redirect } from '../../http/answers.ts';
import { previewJson } from '../../http/preview-answer.ts';
import type { Visit } from '../../http/visit.ts';
import { viewerOf } from '../../parts/frame.ts';
import { usePage } from '../../parts/page-context.ts';
import { inThread } from '../../parts/paths.ts';
import { WriteForm } from '../../parts/write-form.tsx';
import { ConflictNote } from '../history/conflict.tsx';

const CommentToEdit = graphql(`
  query CommentToEdit($id: ID!) {
    ...Frame
    node(id: $id) {
      __typename
      ... on Comment {
        id
        body
        revision
        discussion {
          id
          slug
          title
        }
        viewerCan {
          update {
            isAllowed
            code
            message
          }
        }
      }
    }
  }
`);

const UpdateComment = graphql(`
  mutation UpdateComment($input: UpdateCommentInput!) {
    updateComment(input: $input) {
      comment {
        id
        discussion {
          slug
        }
      }
    }
  }
`);

const PreviewEdit = graphql(`
  query PreviewEdit($input: PreviewCommentInput!) {
    previewComment(input: $input) {
      bodyHTML
      problems {
        field
        message
      }
    }
  }
`);

/** What the reader has changed so far. */
interface Edit {
  readonly body: string;
  /** The revision that it is based on. Null: the newest one, of which the reader is told. */
  readonly revision: number | null;
  readonly previewHTML: string | null;
  readonly problems: readonly Problem[];
  /** Whether somebody else has edited the comment since the reader opened it. */
  readonly isConflict?: boolean;
}

/** The form to edit a comment. A newer revision than that of `edit` is not taken unseen: saving must find the conflict. */
export async function showEditComment(visit: Visit, edit: Edit | null = null): Promise<Answer> {
  const { text } = visit.speech;
  const data = await visit.ask(CommentToEdit, { id: visit.params['id'] ?? '' });
  const comment = data.node?.__typename === 'Comment' ? data.node : null;
  if (!comment) throw notFound();
  if (edit === null) requirePermission(comment.viewerCan.update);
  const title = text('edit.comment');
  return page({
    status: edit && edit.problems.length > 0 ? 422 : 200,
    title,
    viewer: viewerOf(data),
    view: (
      <EditView
        title={title}
        id={comment.id}
        about={comment.discussion}
        stored={comment.body}
        revision={edit?.revision ?? comment.revision}
        edit={edit}
      />
    ),
  });
}

/** Stores the new text, or shows how it would look. Somebody else's edit in between is not overwritten unseen. */
export async function editComment(visit: Visit): Promise<Answer> {
  const commentId = visit.params['id'] ?? '';
  const body = visit.form.get('body') ?? '';
  const revision = Number(visit.field('revision')) || null;
  const edit: Edit = { body, revision, previewHTML: null, problems: [] };
  if (visit.form.get('intent') === 'preview') {
    const input = { discussionId: visit.field('discussion'), body };
    const { data, refusal } = await visit.attempt(PreviewEdit, { input });
    const { bodyHTML = null, problems = [] } = data?.previewComment ?? {};
    if (visit.wantsJson) return previewJson(visit, bodyHTML, refusal?.problems ?? problems);
    return showEditComment(visit, {
      ...edit,
      previewHTML: bodyHTML,
      problems: refusal?.problems ?? problems,
    });
  }
  const input = { commentId, body, revision, idempotencyKey: visit.idempotencyKey };
  const { data, refusal } = await visit.attempt(UpdateComment, { input });
  if (refusal?.code === 'CONFLICT') {
    const problems = [{ field: null, message: visit.speech.text('edit.conflict'), isOwn: true }];
    return showEditComment(visit, { ...edit, revision: null, problems, isConflict: true });
  }
  if (refusal) return showEditComment(visit, { ...edit, problems: refusal.problems });
  const slug = data.updateComment.comment?.discussion.slug;
  return redirect(slug === undefined ? '/' : inThread(slug, commentId));
}

interface EditViewProps {
  readonly title: string;
  readonly id: string;
  readonly about: { readonly id: string; readonly slug: string; readonly title: string };
  readonly stored: string;
  readonly revision: number;
  /** Null: what is stored. */
  readonly edit: Edit | null;
}

function EditView({ title, id, about, stored, revision, edit }: EditViewProps) {
  const { text } = usePage();
  const back = inThread(about.slug, id);
  const history = `/comments/${id}/history`;
  const { body, previewHTML, problems, isConflict } = edit ?? {
    body: stored,
    previewHTML: null,
    problems: [],
  };
  return (
    <div class="page page--single">
      <main id="main" class="wide-form">
        <nav class="crumbs" aria-label={text('crumbs.label')}>
          <ol role="list">
            <li>
              <a href={back} dir="auto">
                {about.title}
              </a>
            </li>
          </ol>
        </nav>
        <h1 class="title">{title}</h1>
        <WriteForm
          id="edit"
          action={`/comments/${id}/edit`}
          label={text('edit.text')}
          hint={text('write.markdown')}
          submit={text('edit.save')}
          cancel={back}
          {...{ body, previewHTML, problems, isFresh: edit === null }}
          above={
            isConflict && (
              <ConflictNote
                title={null}
                body={{ theirs: stored, mine: body }}
                others={[]}
                history={history}
              />
            )
          }
        >
          <input type="hidden" name="discussion" value={about.id} />
          <input type="hidden" name="revision" value={revision} />
        </WriteForm>
        <p class="hint">
          <a href={history}>{text('menu.history')}</a>
        </p>
      </main>
    </div>
  );
}
