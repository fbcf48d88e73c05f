import { notFound, type Problem, requirePermission } from '../../api/api-error.ts';
import type { MergeChoiceFragment } from '../../generated/graphql/graphql.ts';
import { type FragmentType, graphql, readFragment } from '../../generated/graphql/index.ts';
import { type Answer, page, redirect } from '../../http/answers.ts';
import type { Visit } from '../../http/visit.ts';
import { PlainAuthor } from '../../parts/author.tsx';
import { Field } from '../../parts/form.tsx';
import { viewerOf } from '../../parts/frame.ts';
import { usePage } from '../../parts/page-context.ts';
import { mergePath } from '../../parts/paths.ts';
import { Time } from '../../parts/time.tsx';
import { leadOnIfMerged } from '../errors/merged-discussion.ts';
import { Bubble } from '../list/discussion-row.tsx';
import { ModeratorPage } from './moderator-page.tsx';

const ChoiceFields = graphql(`
  fragment MergeChoice on Discussion {
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

const MergePage = graphql(`
  query MergePage($slug: String!) {
    ...Frame
    discussion(slug: $slug) {
      id
      slug
      title
      viewerCan {
        merge {
          isAllowed
          code
          message
        }
      }
    }
  }
`);

const MergeSearch = graphql(`
  query MergeSearch($query: String!) {
    search(query: $query, type: DISCUSSION, first: 10) {
      nodes {
        subject {
          ... on Discussion {
            ...MergeChoice
          }
        }
      }
    }
  }
`);

const MergeSimilar = graphql(`
  query MergeSimilar($title: String!) {
    similarDiscussions(title: $title, first: 10) {
      discussion {
        ...MergeChoice
      }
    }
  }
`);

const MergeByAddress = graphql(`
  query MergeByAddress($url: URI!) {
    discussion(url: $url) {
      slug
    }
  }
`);

/**
 * Where the discussion is found into which this one is merged: by its address, or by a search whose results are links. At
 * first, discussions with similar titles. `problems`: why the one that was chosen cannot be it.
 */
export async function showMergeSearch(visit: Visit, problems: readonly Problem[] = []): Promise<Answer> {
  const data = await visit.ask(MergePage, { slug: visit.params['slug'] ?? '' });
  const { discussion } = data;
  if (!discussion) throw notFound();
  const merged = leadOnIfMerged(visit, discussion);
  if (merged) return merged;
  requirePermission(discussion.viewerCan.merge);
  const query = (visit.url.searchParams.get('find') ?? '').trim();
  const slug = await slugAt(visit, query);
  if (slug !== null) return redirect(mergePath(discussion.slug, slug));
  const found = await findChoices(visit, query, discussion.title);
  const wrong = [...problems, ...found.problems];
  const title = visit.speech.text('merge.title');
  return page({
    title,
    status: wrong.length > 0 ? 422 : 200,
    viewer: viewerOf(data),
    view: (
      <ModeratorPage title={title} about={discussion} isWide>
        <SearchForm slug={discussion.slug} query={query} problem={wrong[0]?.message} />
        <Choices
          isSearch={query !== ''}
          slug={discussion.slug}
          choices={found.choices.filter(({ id }) => id !== discussion.id)}
        />
      </ModeratorPage>
    ),
  });
}

/** The slug of the discussion with this address, or path. Null if it is neither. */
async function slugAt(visit: Visit, address: string): Promise<string | null> {
  if (!/^(?:https?:\/)?\/\S+$/.test(address) || !URL.canParse(address, visit.site.url)) return null;
  const { href, pathname } = new URL(address, visit.site.url);
  // the address of a page here may have another host, such as one inside of the operator's network
  for (const url of new Set([href, new URL(pathname, visit.site.url).href])) {
    const { data } = await visit.attempt(MergeByAddress, { url });
    if (data?.discussion) return data.discussion.slug;
  }
  return null;
}

interface Found {
  readonly choices: readonly MergeChoiceFragment[];
  /** Why the query is refused. */
  readonly problems: readonly Problem[];
}

async function findChoices(visit: Visit, query: string, title: string): Promise<Found> {
  if (query === '') {
    const similar = (await visit.askOptional(MergeSimilar, { title }))?.similarDiscussions ?? [];
    return { choices: similar.map(({ discussion }) => readFragment(ChoiceFields, discussion)), problems: [] };
  }
  const { data, refusal } = await visit.attempt(MergeSearch, { query });
  const choices = (data?.search.nodes ?? []).map(({ subject }) =>
    readFragment(ChoiceFields, subject as FragmentType<typeof ChoiceFields>),
  );
  return { choices, problems: refusal?.problems ?? [] };
}

interface SearchFormProps {
  readonly slug: string;
  readonly query: string;
  readonly problem: string | undefined;
}

function SearchForm({ slug, query, problem }: SearchFormProps) {
  const { text } = usePage();
  return (
    <form class="stack" method="get" action={mergePath(slug)}>
      <Field name="find" label={text('merge.find')} hint={text('merge.findHint')} problem={problem}>
        {(control) => (
          <div class="beside">
            <input {...control} class="field" dir="auto" value={query} />
            <button class="btn btn--line">{text('merge.search')}</button>
          </div>
        )}
      </Field>
    </form>
  );
}

interface ChoicesProps {
  readonly isSearch: boolean;
  readonly slug: string;
  readonly choices: readonly MergeChoiceFragment[];
}

function Choices({ isSearch, slug, choices }: ChoicesProps) {
  const { text } = usePage();
  if (choices.length === 0) return isSearch ? <p class="empty">{text('search.none')}</p> : null;
  return (
    <section class="stack stack--close" aria-labelledby="choices">
      <h2 id="choices">{text(isSearch ? 'merge.found' : 'merge.similar')}</h2>
      <ul class="list" role="list">
        {choices.map((choice) => (
          <li key={choice.id} class="row">
            <div>
              <Bubble count={choice.commentCount} isAnswered={choice.isAnswered} isLocked={choice.isLocked} />
            </div>
            <div>
              <h3 dir="auto">
                <a href={mergePath(slug, choice.slug)}>{choice.title}</a>
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
