import type { VoteDirection } from '../../generated/graphql/graphql.ts';
import { graphql } from '../../generated/graphql/index.ts';
import { type Answer, json, redirect } from '../../http/answers.ts';
import { localPath } from '../../http/local-path.ts';
import type { Visit } from '../../http/visit.ts';

const SetVote = graphql(`
  mutation SetVote($input: SetVoteInput!) {
    setVote(input: $input) {
      subject {
        netUpvotes
        viewerVote
      }
    }
  }
`);

const DIRECTIONS: readonly VoteDirection[] = ['UP', 'DOWN', 'NONE'];

/**
 * Sets a vote: the button's name is the direction, its value what is voted on. The script of the page gets the new figures,
 * a form the page that it was on. Without a key: the same vote twice is one, and a page that a reader has gone back to must
 * not get the answer to an earlier vote.
 */
export async function vote(visit: Visit): Promise<Answer> {
  const direction = DIRECTIONS.find((one) => visit.form.has(one)) ?? 'NONE';
  const subjectId = visit.field(direction);
  const { setVote } = await visit.ask(SetVote, { input: { subjectId, direction } });
  if (!visit.wantsJson) return redirect(`${localPath(visit.form.get('return'))}#${subjectId}`);
  const count = setVote.subject?.netUpvotes ?? 0;
  const { formats, text } = visit.speech;
  return json({
    direction: setVote.subject?.viewerVote ?? 'NONE',
    count: formats.number(count),
    label: text('vote.net', { count }),
  });
}
