import { type FragmentType, graphql, readFragment } from '../../generated/graphql/index.ts';
import { shownBefore } from '../../parts/choice.tsx';
import { usePage } from '../../parts/page-context.ts';
import { discussionPath } from '../../parts/paths.ts';
import { ConflictNote } from '../history/conflict.tsx';
import { type QuestionDraft, slugsOf } from './draft.ts';

const Stored = graphql(`
  fragment QuestionConflict on Discussion {
    slug
    title
    body
    category {
      id
      name
    }
    product {
      id
      name
    }
    tags {
      slug
      name
    }
  }
`);

interface ConflictProps {
  readonly discussion: FragmentType<typeof Stored>;
  readonly edit: QuestionDraft;
}

/** How the question in the form differs from what somebody else has saved, and what else they have changed. */
export function QuestionConflict({ discussion, edit }: ConflictProps) {
  const { visit, text, formats } = usePage();
  const { slug, title, body, category, product, tags } = readFragment(Stored, discussion);
  const isTitleChanged = edit.title !== undefined && edit.title !== title;
  const now = [
    { name: 'title', is: title, label: text('ask.question'), value: title },
    { name: 'categoryId', is: category?.id, label: text('ask.category'), value: category?.name },
    { name: 'productId', is: product?.id, label: text('ask.product'), value: product?.name },
    {
      name: 'tagSlugs',
      is: slugsOf(tags.map((tag) => tag.slug)),
      label: text('ask.tags'),
      value: formats.list(tags.map((tag) => tag.name)),
    },
  ];
  const others = now.filter(({ name, is = '' }) => {
    const shown = shownBefore(visit, name);
    return shown !== null && shown !== is && !(name === 'title' && isTitleChanged);
  });
  return (
    <ConflictNote
      title={isTitleChanged ? { theirs: title, mine: edit.title ?? '' } : null}
      body={{ theirs: body, mine: edit.body }}
      others={others.map(({ label, value = '' }) => ({ label, value }))}
      history={`${discussionPath(slug)}/history`}
    />
  );
}
