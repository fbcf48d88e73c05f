import type { ComponentChild } from 'preact';
import { type FragmentType, graphql, readFragment } from '../../generated/graphql/index.ts';
import { Choice, shownBefore, shownOf } from '../../parts/choice.tsx';
import { Field, problemOf } from '../../parts/form.tsx';
import { usePage } from '../../parts/page-context.ts';
import { WriteForm } from '../../parts/write-form.tsx';
import type { QuestionDraft } from './draft.ts';
import { SimilarList } from './similar.tsx';
import { TagChoice } from './tag-choice.tsx';

const Catalog = graphql(`
  fragment Catalog on Query {
    categories(first: 100) {
      nodes {
        id
        name
      }
    }
    products(first: 100) {
      nodes {
        id
        name
      }
    }
    tags(first: 100) {
      nodes {
        slug
        name
      }
    }
  }
`);

const Places = graphql(`
  fragment QuestionPlaces on Discussion {
    title
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

interface QuestionFormProps {
  readonly catalog: FragmentType<typeof Catalog>;
  /** Its title and where it is now. If omitted, it is new. */
  readonly places?: FragmentType<typeof Places>;
  readonly draft: QuestionDraft;
  readonly action: string;
  readonly submit: string;
  /** Whether it shows what is stored. */
  readonly isFresh?: boolean;
  /** Whether it tells of what somebody else has stored meanwhile. */
  readonly isConflict?: boolean;
  /** The discussion that is edited. */
  readonly discussionId?: string;
  /** The revision that an edit is based on. */
  readonly revision?: number;
  readonly cancel?: string;
  /** What the form says above its fields. */
  readonly above?: ComponentChild;
}

/** The form of a question, for asking and for editing. */
export function QuestionForm(props: QuestionFormProps) {
  const { catalog: ref, draft, action, submit, isConflict, discussionId, revision, cancel } = props;
  const places = readFragment(Places, props.places);
  const { visit, text } = usePage();
  const catalog = readFragment(Catalog, ref);
  const title = (isConflict ? null : shownBefore(visit, 'title')) ?? places?.title;
  const problem = (name: string) => problemOf(draft.problems, name);
  return (
    <WriteForm
      id="ask"
      action={action}
      label={text('ask.details')}
      hint={text('write.markdown')}
      placeholder={text('ask.detailsHint')}
      submit={submit}
      body={draft.body}
      previewHTML={draft.previewHTML}
      problems={draft.problems}
      fields={['title', 'categoryId', 'productId', 'tagSlugs']}
      above={
        <>
          {props.above}
          {places && <input type="hidden" name={shownOf('title')} value={title} />}
          <Field
            name="title"
            label={text('ask.question')}
            hint={text('ask.questionHint')}
            problem={problem('title')}
          >
            {(control) => (
              <input
                {...control}
                class="field"
                dir="auto"
                required
                maxlength={300}
                value={draft.title ?? title}
              />
            )}
          </Field>
          {!places && <SimilarList similar={draft.similar} />}
        </>
      }
      isFresh={props.isFresh ?? false}
      {...(cancel !== undefined && { cancel })}
    >
      {discussionId !== undefined && <input type="hidden" name="discussion" value={discussionId} />}
      {revision !== undefined && <input type="hidden" name="revision" value={revision} />}
      <div class="columns">
        <Choice
          name="categoryId"
          label={text('ask.category')}
          entries={catalog.categories.nodes}
          {...(places && { stored: places.category ?? null })}
          chosen={draft.categoryId}
          isConflict={isConflict}
          problem={problem('categoryId')}
        />
        <Choice
          name="productId"
          label={text('ask.product')}
          entries={catalog.products.nodes}
          {...(places && { stored: places.product ?? null })}
          chosen={draft.productId}
          isConflict={isConflict}
          problem={problem('productId')}
        />
      </div>
      <TagChoice
        tags={catalog.tags.nodes}
        stored={places?.tags}
        chosen={draft.tagSlugs}
        isConflict={isConflict}
        problem={problem('tagSlugs')}
      />
    </WriteForm>
  );
}
