import { usePage } from './page-context.ts';
import { withQuery } from './paths.ts';

interface PagerProps {
  /** The address of the next page. Null if there is none. */
  readonly next: string | null;
  /** The words of the link to it. */
  readonly more: string;
  /** The parameter of the address that says where a later page begins, and the name of the links, if a page has two lists. */
  readonly after?: string;
  readonly label?: string;
}

/** Links to the next page of a list and, from a later page, to the first one. */
export function Pager({ next, more, after = 'after', label }: PagerProps) {
  const { visit, text } = usePage();
  const isFirst = visit.url.searchParams.get(after) === null;
  if (next === null && isFirst) return null;
  return (
    <nav class="pager" aria-label={label ?? text('pager.label')}>
      {isFirst ? <span /> : <a href={withQuery(visit.url, { [after]: null })}>{text('pager.first')}</a>}
      {next && (
        <a class="btn btn--line" rel="next" href={next}>
          {more}
        </a>
      )}
    </nav>
  );
}
