import { notFound, type Problem, requirePermission } from '../../api/api-error.ts';
import type { SplitPageQuery } from '../../generated/graphql/graphql.ts';
import { graphql, readFragment } from '../../generated/graphql/index.ts';
import { type Answer, page } from '../../http/answers.ts';
import type { Visit } from '../../http/visit.ts';
import { EnterSends, Field, FormKey, Problems, problemOf } from '../../parts/form.tsx';
import { viewerOf } from '../../parts/frame.ts';
import { usePage } from '../../parts/page-context.ts';
import { discussionPath } from '../../parts/paths.ts';
import { leadOnIfMerged } from '../errors/merged-discussion.ts';
import { FormEnd, ModeratorPage } from './moderator-page.tsx';
import { SplitComment, SplitComments } from './split-comments.tsx';

const SplitPage = graphql(`
  query SplitPage($slug: String!, $after: String, $around: ID, $chosen: [ID!]!, $hasChosen: Boolean!) {
    ...Frame
    discussion(slug: $slug) {
      id
      slug
      title
      viewerCan {
        split {
          isAllowed
          code
          message
        }
      }
      allComments(first: 50, after: $after, around: $around, orderBy: TREE) {
        pageInfo {
          endCursor
          hasNextPage
          hasPreviousPage
        }
        nodes {
          ...SplitComment
        }
      }
    }
    nodes(ids: $chosen) @include(if: $hasChosen) {
      __typename
      ... on Comment {
        discussion {
          id
        }
        ...SplitComment
      }
    }
  }
`);

/** More are not looked up at once, and no more can be split off at once. */
const CHOSEN_MAX = 100;

/** What the form contains so far. */
export interface SplitDraft {
  readonly title: string;
  /** The ids of the chosen comments. */
  readonly chosen: readonly string[];
  /** The page of comments: behind this cursor, or the one that contains this comment. */
  readonly after: string | null;
  readonly around: string | null;
  readonly problems: readonly Problem[];
}

/** The form to make a discussion of comments. Comments that are chosen on one page stay chosen on the others. */
export async function showSplit(visit: Visit, sent: SplitDraft | null = null): Promise<Answer> {
  const draft = sent ?? emptyDraft(visit);
  const { after, around } = draft;
  const chosen = draft.chosen.slice(0, CHOSEN_MAX);
  const hasChosen = sent !== null && chosen.length > 0;
  const variables = { slug: visit.params['slug'] ?? '', after, around, chosen, hasChosen };
  const data = await visit.askForMany(SplitPage, variables);
  const { discussion } = data;
  if (!discussion) throw notFound();
  const merged = leadOnIfMerged(visit, discussion);
  if (merged) return merged;
  requirePermission(discussion.viewerCan.split);
  const here = discussion.allComments.nodes.map((ref) => readFragment(SplitComment, ref));
  const elsewhere = (data.nodes ?? [])
    .flatMap((node) => (node?.__typename === 'Comment' && node.discussion.id === discussion.id ? [node] : []))
    .map((ref) => readFragment(SplitComment, ref))
    .filter(({ id, isDeleted }) => !isDeleted && !here.some((one) => one.id === id));
  const isShown = (id: string) => [...here, ...elsewhere].some((one) => one.id === id && !one.isDeleted);
  const title = visit.speech.text('split.title');
  return page({
    status: draft.problems.length > 0 ? 422 : 200,
    title,
    viewer: viewerOf(data),
    view: (
      <ModeratorPage title={title} about={discussion} isWide>
        {here.length === 0 && elsewhere.length === 0 ? (
          <p class="empty">{visit.speech.text('split.none')}</p>
        ) : (
          <SplitForm
            discussion={discussion}
            draft={draft}
            here={here}
            elsewhere={elsewhere}
            goneCount={chosen.filter((id) => !isShown(id)).length}
            hasRest={chosen.some(isShown)}
            surplusCount={draft.chosen.slice(CHOSEN_MAX).filter((id) => !isShown(id)).length}
          />
        )}
      </ModeratorPage>
    ),
  });
}

/** With the comment from whose menu the form is opened: `?comment=ID`. */
function emptyDraft({ url }: Visit): SplitDraft {
  const around = url.searchParams.get('comment');
  return { title: '', chosen: around === null ? [] : [around], after: null, around, problems: [] };
}

type Comments = Parameters<typeof SplitComments>[0]['comments'];

interface FormProps {
  readonly discussion: NonNullable<SplitPageQuery['discussion']>;
  readonly draft: SplitDraft;
  readonly here: Comments;
  readonly elsewhere: Comments;
  /** How many chosen comments were deleted or moved meanwhile. */
  readonly goneCount: number;
  /** Whether any others are still chosen. */
  readonly hasRest: boolean;
  /** How many chosen comments are too many. */
  readonly surplusCount: number;
}

function SplitForm({ discussion, draft, here, elsewhere, goneCount, hasRest, surplusCount }: FormProps) {
  const { text } = usePage();
  const { title, chosen, problems } = draft;
  const { endCursor, hasNextPage, hasPreviousPage } = discussion.allComments.pageInfo;
  const path = discussionPath(discussion.slug);
  return (
    <form class="stack" method="post" action={`${path}/split`}>
      <FormKey />
      <EnterSends />
      <Problems problems={problems} fields={['title', 'commentIds']} />
      {goneCount > 0 && (
        <p class="note" role="alert">
          {text('split.gone', { count: goneCount })}
          {hasRest && ` ${text('split.goneRest')}`}
        </p>
      )}
      {surplusCount > 0 && (
        <p class="note" role="alert">
          {text('split.surplus', { count: surplusCount, max: String(CHOSEN_MAX) })}
        </p>
      )}
      <p>{text('split.effect')}</p>
      <Field
        name="title"
        label={text('split.newTitle')}
        hint={text('ask.questionHint')}
        problem={problemOf(problems, 'title')}
      >
        {(control) => <input {...control} class="field" dir="auto" required maxlength={300} value={title} />}
      </Field>
      {elsewhere.length > 0 && (
        <SplitComments legend={text('split.elsewhere')} comments={elsewhere} chosen={chosen} />
      )}
      <SplitComments
        legend={text('split.comments')}
        comments={here}
        chosen={chosen}
        problem={problemOf(problems, 'commentIds')}
        isTree
      />
      {(hasPreviousPage || hasNextPage) && (
        <div class="pager">
          {hasPreviousPage ? (
            <button class="btn btn--line" name="intent" value="first" formnovalidate>
              {text('pager.first')}
            </button>
          ) : (
            <span />
          )}
          {hasNextPage && (
            <button class="btn btn--line" name="intent" value={`after:${endCursor}`} formnovalidate>
              {text('thread.more')}
            </button>
          )}
        </div>
      )}
      <FormEnd back={path} submit={text('split.do')} />
    </form>
  );
}
