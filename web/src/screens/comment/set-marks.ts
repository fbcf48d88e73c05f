import type { UpdateCommentInput } from '../../generated/graphql/graphql.ts';
import { graphql } from '../../generated/graphql/index.ts';
import { type Answer, redirect } from '../../http/answers.ts';
import { localPath } from '../../http/local-path.ts';
import type { Visit } from '../../http/visit.ts';

const MarkAnswer = graphql(`
  mutation MarkAnswer($input: MarkCommentAsAnswerInput!) {
    markCommentAsAnswer(input: $input) {
      comment {
        id
      }
    }
  }
`);

const UnmarkAnswer = graphql(`
  mutation UnmarkAnswer($input: UnmarkCommentAsAnswerInput!) {
    unmarkCommentAsAnswer(input: $input) {
      comment {
        id
      }
    }
  }
`);

const UpdateMarks = graphql(`
  mutation UpdateMarks($input: UpdateCommentInput!) {
    updateComment(input: $input) {
      comment {
        id
      }
    }
  }
`);

/** Accepts a comment as the answer, or takes that back. */
export async function setAnswer(visit: Visit): Promise<Answer> {
  const input = { commentId: visit.params['id'] ?? '', idempotencyKey: visit.idempotencyKey };
  if (isOn(visit)) await visit.ask(MarkAnswer, { input });
  else await visit.ask(UnmarkAnswer, { input });
  return redirect(localPath(visit.form.get('return')));
}

export function setOfficial(visit: Visit): Promise<Answer> {
  return setMark(visit, { isOfficial: isOn(visit) });
}

export function setVerified(visit: Visit): Promise<Answer> {
  return setMark(visit, { isVerifiedUser: isOn(visit) });
}

async function setMark(visit: Visit, mark: Partial<UpdateCommentInput>): Promise<Answer> {
  const commentId = visit.params['id'] ?? '';
  await visit.ask(UpdateMarks, { input: { commentId, ...mark, idempotencyKey: visit.idempotencyKey } });
  return redirect(localPath(visit.form.get('return')));
}

function isOn(visit: Visit): boolean {
  return visit.field('to') === 'on';
}
