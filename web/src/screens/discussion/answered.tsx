import { type FragmentType, graphql, readFragment } from '../../generated/graphql/index.ts';
import { AuthorDisc, AuthorLine, PlainAuthor } from '../../parts/author.tsx';
import { Icon } from '../../parts/icon.tsx';
import { usePage } from '../../parts/page-context.ts';
import { inThread } from '../../parts/paths.ts';
import { Prose } from '../../parts/prose.tsx';
import { Time } from '../../parts/time.tsx';

const AnsweredFields = graphql(`
  fragment Answered on Discussion {
    slug
    isAnswerChanged
    answeredBy {
      ...AuthorName
    }
    answer {
      id
      bodyHTML
      createdAt
      descendantCount
      netUpvotes
      author {
        ...AuthorName
      }
    }
  }
`);

/** The accepted answer in full under the question. Its votes and replies are in its place below. */
export function Answered({ discussion }: { readonly discussion: FragmentType<typeof AnsweredFields> }) {
  const { text, formats } = usePage();
  const { slug, answer, answeredBy, isAnswerChanged } = readFragment(AnsweredFields, discussion);
  if (!answer) return null;
  const place = inThread(slug, answer.id);
  return (
    <section class="answer" aria-labelledby="accepted">
      <header>
        <h2 id="accepted">
          <Icon name="check" />
          {text('answer.title')}
        </h2>
        {answeredBy && (
          <span>
            {text('answer.by')} <PlainAuthor author={answeredBy} />
          </span>
        )}
      </header>
      <div class="answer__in">
        <div class="c">
          <div class="gut">
            <AuthorDisc author={answer.author ?? null} />
          </div>
          <div class="body">
            <div class="who">
              <AuthorLine author={answer.author ?? null} />
              <a class="when" href={place}>
                <Time at={answer.createdAt} />
              </a>
            </div>
            <Prose html={answer.bodyHTML} />
            {isAnswerChanged && <p class="hint">{text('answer.changed')}</p>}
            <div class="acts">
              <span class="hint">
                <span aria-hidden="true">▲ {formats.number(answer.netUpvotes)}</span>
                <span class="sr">{text('vote.net', { count: answer.netUpvotes })}</span>
              </span>
              <a class="btn btn--small" href={place}>
                {answer.descendantCount > 0
                  ? text('answer.toReplies', { count: answer.descendantCount })
                  : text('answer.toComment')}
              </a>
            </div>
          </div>
        </div>
      </div>
    </section>
  );
}
