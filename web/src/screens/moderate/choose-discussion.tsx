import type { ComponentChild } from 'preact';
import { notFound, type Problem, requirePermission } from '../../api/api-error.ts';
import { graphql } from '../../generated/graphql/index.ts';
import { type Answer, page, redirect } from '../../http/answers.ts';
import type { Visit } from '../../http/visit.ts';
import { Field } from '../../parts/form.tsx';
import { viewerOf } from '../../parts/frame.ts';
import { usePage } from '../../parts/page-context.ts';
import { duplicatePath, mergePath } from '../../parts/paths.ts';
import { Sentence } from '../../parts/sentence.tsx';
import { leadOnIfMerged } from '../errors/merged-discussion.ts';
import { Choices, findChoices, slugAt } from './found-discussions.tsx';
import { ModeratorPage } from './moderator-page.tsx';

const ChoosePage = graphql(`
  query ChooseDiscussion($slug: String!) {
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
        markDuplicate {
          isAllowed
          code
          message
        }
      }
    }
  }
`);

/** What another discussion is chosen for. */
export interface Purpose {
  /** What names the chosen one in the address. */
  readonly parameter: 'into' | 'of';
  readonly permission: 'merge' | 'markDuplicate';
  readonly words: 'merge' | 'duplicate';
  /** The form, about the chosen discussion if it is given. */
  readonly path: (slug: string, chosen?: string | null) => string;
}

export const TO_MERGE: Purpose = {
  parameter: 'into',
  permission: 'merge',
  words: 'merge',
  path: mergePath,
};
export const AS_ORIGINAL: Purpose = {
  parameter: 'of',
  permission: 'markDuplicate',
  words: 'duplicate',
  path: duplicatePath,
};

/**
 * Where another discussion is found, such as that into which this one is merged: by its address, or by a search whose
 * results are links. At first, discussions with similar titles. `problems`: why the one that was chosen cannot be it.
 */
export async function showChooseDiscussion(
  visit: Visit,
  { permission, words, path }: Purpose,
  problems: readonly Problem[] = [],
): Promise<Answer> {
  const { text } = visit.speech;
  const data = await visit.ask(ChoosePage, { slug: visit.params['slug'] ?? '' });
  const { discussion } = data;
  if (!discussion) throw notFound();
  const merged = leadOnIfMerged(visit, discussion);
  if (merged) return merged;
  requirePermission(discussion.viewerCan[permission]);
  const query = (visit.url.searchParams.get('find') ?? '').trim();
  const slug = await slugAt(visit, query);
  if (slug !== null) return redirect(path(discussion.slug, slug));
  const found = await findChoices(visit, query, discussion.title);
  const wrong = [...problems, ...found.problems];
  const title = text(`${words}.title`);
  return page({
    title,
    status: wrong.length > 0 ? 422 : 200,
    viewer: viewerOf(data),
    view: (
      <ModeratorPage title={title} about={discussion} isWide>
        <SearchForm
          action={path(discussion.slug)}
          query={query}
          problem={wrong[0] && <Sentence {...wrong[0]} />}
        />
        <Choices
          title={text(query === '' ? `${words}.similar` : `${words}.found`)}
          none={query === '' ? null : text('search.none')}
          pathOf={(chosen) => path(discussion.slug, chosen)}
          choices={found.choices.filter(({ id }) => id !== discussion.id)}
        />
      </ModeratorPage>
    ),
  });
}

interface SearchFormProps {
  readonly action: string;
  readonly query: string;
  readonly problem: ComponentChild;
}

function SearchForm({ action, query, problem }: SearchFormProps) {
  const { text } = usePage();
  return (
    <form class="stack" method="get" action={action}>
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
