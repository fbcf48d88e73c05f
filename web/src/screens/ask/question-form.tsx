import { type FragmentType, graphql, readFragment } from '../../generated/graphql/index.ts';
import { Choice } from '../../parts/choice.tsx';
import { Field, problemOf } from '../../parts/form.tsx';
import { usePage } from '../../parts/page-context.ts';
import { WriteForm } from '../../parts/write-form.tsx';
import type { QuestionDraft } from './draft.ts';
import { SimilarList } from './similar.tsx';

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

interface QuestionFormProps {
  readonly catalog: FragmentType<typeof Catalog>;
  readonly draft: QuestionDraft;
  readonly action: string;
  readonly submit: string;
  /** The revision that an edit is based on. */
  readonly revision?: number;
  readonly cancel?: string;
  /** Whether similar questions are shown. */
  readonly isNew?: boolean;
}

/** The form of a question, for asking and for editing. */
export function QuestionForm(props: QuestionFormProps) {
  const { catalog: ref, draft, action, submit, revision, cancel, isNew = false } = props;
  const { text } = usePage();
  const catalog = readFragment(Catalog, ref);
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
          <Field
            name="title"
            label={text('ask.question')}
            hint={text('ask.questionHint')}
            problem={problem('title')}
          >
            {(control) => (
              <input {...control} class="field" dir="auto" required maxlength={300} value={draft.title} />
            )}
          </Field>
          {isNew && <SimilarList similar={draft.similar} />}
        </>
      }
      {...(cancel !== undefined && { cancel })}
    >
      {revision !== undefined && <input type="hidden" name="revision" value={revision} />}
      <div class="columns">
        <Choice
          name="categoryId"
          label={text('ask.category')}
          entries={catalog.categories.nodes}
          chosen={draft.categoryId}
          problem={problem('categoryId')}
        />
        <Choice
          name="productId"
          label={text('ask.product')}
          entries={catalog.products.nodes}
          chosen={draft.productId}
          problem={problem('productId')}
        />
      </div>
      {catalog.tags.nodes.length > 0 && (
        <fieldset class="choices">
          <legend>{text('ask.tags')}</legend>
          {problem('tagSlugs') && <p class="problem">{problem('tagSlugs')}</p>}
          {catalog.tags.nodes.map(({ slug, name }) => (
            <label key={slug} class="check">
              <input type="checkbox" name="tagSlugs" value={slug} checked={draft.tagSlugs.includes(slug)} />{' '}
              <bdi>{name}</bdi>
            </label>
          ))}
        </fieldset>
      )}
    </WriteForm>
  );
}
