import { type FragmentType, graphql, readFragment } from '../../generated/graphql/index.ts';
import { type Answer, json } from '../../http/answers.ts';
import { renderPart } from '../../http/render.tsx';
import type { Visit } from '../../http/visit.ts';
import { Icon } from '../../parts/icon.tsx';
import { usePage } from '../../parts/page-context.ts';
import { discussionPath } from '../../parts/paths.ts';

const SimilarFields = graphql(`
  fragment Similar on SimilarDiscussion {
    discussion {
      slug
      title
      isAnswered
      commentCount
    }
  }
`);

const SimilarQuestions = graphql(`
  query SimilarQuestions($title: String!) {
    similarDiscussions(title: $title) {
      ...Similar
    }
  }
`);

export type Similar = readonly FragmentType<typeof SimilarFields>[];

/** What the title and the script of the form need to show. */
interface SimilarProps {
  readonly similar: Similar;
}

/** Answers the script of the form for a question while its title is typed. */
export async function answerSimilar(visit: Visit): Promise<Answer> {
  const similar = await findSimilar(visit, visit.url.searchParams.get('title') ?? '');
  const html = renderPart(visit, <Items similar={similar} />);
  return json({ status: statusOf(visit, similar), html });
}

/** Discussions that may answer the question already. None if the API refuses: the question can be asked without. */
export async function findSimilar(visit: Visit, title: string): Promise<Similar> {
  if (title.trim() === '') return [];
  return (await visit.askOptional(SimilarQuestions, { title }))?.similarDiscussions ?? [];
}

/** The place for them under the title. Their number is announced. */
export function SimilarList({ similar }: SimilarProps) {
  const { visit } = usePage();
  return (
    <section class="similar" data-similar="/ask/similar">
      <p role="status">{statusOf(visit, similar)}</p>
      <ul class="links" role="list">
        <Items similar={similar} />
      </ul>
    </section>
  );
}

function statusOf({ speech }: Visit, { length: count }: Similar): string {
  return count === 0 ? '' : speech.text('ask.similar', { count });
}

/** They open in another tab: the question is still being written in this one. */
function Items({ similar }: SimilarProps) {
  const { text, formats } = usePage();
  return (
    <>
      {similar.map((ref) => {
        const { slug, title, isAnswered, commentCount } = readFragment(SimilarFields, ref).discussion;
        return (
          <li key={slug}>
            <a href={discussionPath(slug)} target="_blank" rel="noopener">
              <bdi>{title}</bdi>
              <span class="sr"> {text('ask.newTab')}</span>
              {isAnswered ? (
                <span class="badge badge--good">
                  <Icon name="check" />
                  {text('ask.answered')}
                </span>
              ) : (
                <span>
                  <span aria-hidden="true">{formats.number(commentCount)}</span>
                  <span class="sr">{text('thread.count', { count: commentCount })}</span>
                </span>
              )}
            </a>
          </li>
        );
      })}
    </>
  );
}
