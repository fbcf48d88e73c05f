import type { ComponentChild } from 'preact';
import { shownBefore, shownOf } from '../../parts/choice.tsx';
import { usePage } from '../../parts/page-context.ts';
import { slugsOf } from './draft.ts';

interface Tag {
  readonly slug: string;
  readonly name: string;
}

interface TagsProps {
  readonly tags: readonly Tag[];
  /** Those of the question. Undefined if it is new. */
  readonly stored: readonly Tag[] | undefined;
  /** What was chosen in place of these. Undefined if nothing was. */
  readonly chosen: readonly string[] | undefined;
  /** Whether the page tells of what somebody else has stored meanwhile. */
  readonly isConflict: boolean | undefined;
  readonly problem: ComponentChild;
}

/** The tags of a question: those of the catalog, and those that it has. */
export function TagChoice({ tags, stored, chosen, isConflict, problem }: TagsProps) {
  const { visit, text } = usePage();
  if (tags.length === 0) return null;
  const others = stored?.filter(({ slug }) => !tags.some((tag) => tag.slug === slug)) ?? [];
  const all = [...others, ...tags];
  const before = isConflict ? null : shownBefore(visit, 'tagSlugs');
  const slugsBefore = before?.split(' ').filter(Boolean);
  // one may be gone since
  const areThere = slugsBefore?.every((slug) => all.some((tag) => tag.slug === slug));
  const shown = areThere ? slugsBefore : stored?.map(({ slug }) => slug);
  return (
    <fieldset class="choices">
      <legend>{text('ask.tags')}</legend>
      {problem && <p class="problem">{problem}</p>}
      {shown && <input type="hidden" name={shownOf('tagSlugs')} value={slugsOf(shown)} />}
      {all.map(({ slug, name }) => (
        <label key={slug} class="check">
          <input
            type="checkbox"
            name="tagSlugs"
            value={slug}
            checked={(chosen ?? shown ?? []).includes(slug)}
          />{' '}
          <bdi>{name}</bdi>
        </label>
      ))}
    </fieldset>
  );
}
