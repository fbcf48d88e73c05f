import type { PeopleToMentionQuery } from '../../generated/graphql/graphql.ts';
import { graphql } from '../../generated/graphql/index.ts';
import { type Answer, json } from '../../http/answers.ts';
import { renderPart } from '../../http/render.tsx';
import type { Visit } from '../../http/visit.ts';
import { AuthorDisc, nameOf } from '../../parts/author.tsx';
import { usePage } from '../../parts/page-context.ts';

const PeopleToMention = graphql(`
  query PeopleToMention($query: String!) {
    authors(query: $query, first: 6) {
      nodes {
        id
        handle
        ...AuthorName
      }
    }
  }
`);

type People = PeopleToMentionQuery['authors']['nodes'];

/** Answers the script of a text field with the people whose handle or name begins with what is typed after an `@`. */
export async function answerMentions(visit: Visit): Promise<Answer> {
  const { searchParams } = visit.url;
  const { authors } = await visit.ask(PeopleToMention, { query: searchParams.get('query') ?? '' });
  // admins find people who can't be mentioned too; the API lists them last, so that they take nobody's place
  const people = authors.nodes.filter(({ handle }) => handle !== null);
  const html = renderPart(visit, <Options people={people} listId={searchParams.get('id') ?? ''} />);
  const count = people.length;
  return json({ status: count === 0 ? '' : visit.speech.text('mentions.count', { count }), html });
}

interface OptionsProps {
  readonly people: People;
  /** The id of the list, which the ids of its options begin with: a page has several lists. */
  readonly listId: string;
}

function Options({ people, listId }: OptionsProps) {
  const { text } = usePage();
  return (
    <>
      {people.map((person) => (
        <div
          key={person.id}
          id={`${listId}-${person.id}`}
          role="option"
          tabIndex={-1}
          aria-selected="false"
          data-handle={person.handle}
        >
          <AuthorDisc author={person} />
          <bdi>{nameOf(text, person)}</bdi>
          <span>@{person.handle}</span>
        </div>
      ))}
    </>
  );
}
