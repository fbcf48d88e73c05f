import { usePage } from '../../parts/page-context.ts';

/** What can be written in a query. */
export function SearchHelp({ isOpen }: { readonly isOpen: boolean }) {
  const { text } = usePage();
  const rows = [
    [['"two words"'], text('search.help.phrase')],
    [['-word'], text('search.help.without')],
    [['a OR b'], text('search.help.or')],
    [['kube*'], text('search.help.prefix')],
    [['category:', 'product:', 'tag:'], text('search.help.catalog')],
    [['author:ada', 'author:@me'], text('search.help.author')],
    [['is:answered', 'is:unanswered', 'is:closed', 'is:locked', 'is:pinned'], text('search.help.is')],
    [['in:title', 'in:body', 'in:comments'], text('search.help.in')],
    [['created:>2026-01-31', 'created:2026-01-01..2026-06-30'], text('search.help.created')],
    [['score:>5'], text('search.help.score')],
    [['tag:api,sso', '-tag:api'], text('search.help.values')],
  ] as const;
  return (
    <details class="help help--search" open={isOpen}>
      <summary>{text('search.help')}</summary>
      <dl>
        {rows.map(([examples, meaning]) => (
          <div key={meaning}>
            <dt>
              {examples.map((example) => (
                <code key={example}>{example}</code>
              ))}
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
