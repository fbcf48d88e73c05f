import type { Problem } from '../../api/api-error.ts';
import type { DiscussionChoiceFragment } from '../../generated/graphql/graphql.ts';
import { type FragmentType, graphql, readFragment } from '../../generated/graphql/index.ts';
import type { Visit } from '../../http/visit.ts';
import { PlainAuthor } from '../../parts/author.tsx';
import { usePage } from '../../parts/page-context.ts';
import { Time } from '../../parts/time.tsx';
import { Bubble } from '../list/discussion-row.tsx';

const ChoiceFields = graphql(`
  fragment DiscussionChoice on Discussion {
    id
    slug
    title
    createdAt
    commentCount
    isAnswered
    isLocked
    category {
      name
    }
    author {
      ...AuthorName
    }
  }
`);

const FindDiscussions = graphql(`
  query FindDiscussions($query: String!) {
    search(query: $query, type: DISCUSSION, first: 10) {
      nodes {
        subject {
          ... on Discussion {
            ...DiscussionChoice
          }
        }
      }
    }
  }
`);

const FindSimilar = graphql(`
  query FindSimilar($title: String!) {
    similarDiscussions(title: $title, first: 10) {
      discussion {
        ...DiscussionChoice
      }
    }
  }
`);

const FindByAddress = graphql(`
  query FindByAddress($url: URI!) {
    discussion(url: $url) {
      slug
    }
  }
`);

/** The slug of the discussion with this address, or path. Null if it is neither. */
export async function slugAt(visit: Visit, address: string): Promise<string | null> {
  if (!/^(?:https?:\/)?\/\S+$/.test(address) || !URL.canParse(address, visit.site.url)) return null;
  const { href, pathname } = new URL(address, visit.site.url);
  // the address of a page here may have another host, such as one inside of the operator's network
  for (const url of new Set([href, new URL(pathname, visit.site.url).href])) {
    const { data } = await visit.attempt(FindByAddress, { url });
    if (data?.discussion) return data.discussion.slug;
  }
  return null;
}

interface Found {
  readonly choices: readonly DiscussionChoiceFragment[];
  /** Why the query is refused. */
  readonly problems: readonly Problem[];
}

/** What a search finds. Without a query, discussions with similar titles. */
export async function findChoices(visit: Visit, query: string, title: string): Promise<Found> {
  if (query === '') {
    const similar = (await visit.askOptional(FindSimilar, { title }))?.similarDiscussions ?? [];
    return { choices: similar.map(({ discussion }) => readFragment(ChoiceFields, discussion)), problems: [] };
  }
  const { data, refusal } = await visit.attempt(FindDiscussions, { query });
  const choices = (data?.search.nodes ?? []).map(({ subject }) =>
    readFragment(ChoiceFields, subject as FragmentType<typeof ChoiceFields>),
  );
  return { choices, problems: refusal?.problems ?? [] };
}

interface ChoicesProps {
  readonly title: string;
  /** What is said if there are none. */
  readonly none: string | null;
  /** The form about a choice. */
  readonly pathOf: (slug: string) => string;
  readonly choices: readonly DiscussionChoiceFragment[];
}

/** Discussions, each with a link that chooses it. */
export function Choices({ title, none, pathOf, choices }: ChoicesProps) {
  const { text } = usePage();
  if (choices.length === 0) return none && <p class="empty">{none}</p>;
  return (
    <section class="stack stack--close" aria-labelledby="choices">
      <h2 id="choices">{title}</h2>
      <ul class="list" role="list">
        {choices.map((choice) => (
          <li key={choice.id} class="row">
            <div>
              <Bubble count={choice.commentCount} isAnswered={choice.isAnswered} isLocked={choice.isLocked} />
            </div>
            <div>
              <h3 dir="auto">
                <a href={pathOf(choice.slug)}>{choice.title}</a>
              </h3>
              <div class="meta">
                {choice.category && <span dir="auto">{choice.category.name}</span>}
                <PlainAuthor author={choice.author} />
                <span>
                  {text('list.asked')} <Time at={choice.createdAt} />
                </span>
              </div>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
