import { usePage } from '../../parts/page-context.ts';
import { withQuery } from '../../parts/paths.ts';
import { ORDERS, type SearchQuery, TYPES } from './search-query.ts';

/** What to find as tabs, and the order beside them. All are links, so that each result page has an address. */
export function SearchControls({ search }: { readonly search: SearchQuery }) {
  const { visit, text } = usePage();
  const link = (changes: Record<string, string | null>) => withQuery(visit.url, { after: null, ...changes });
  const current = (isCurrent: boolean) => (isCurrent ? ('page' as const) : undefined);
  return (
    <div class="filters">
      <nav aria-label={text('search.type')}>
        <div class="tabs">
          {TYPES.map((type) => (
            <a
              key={type}
              aria-current={current(type === search.type)}
              href={link({ type: type === 'all' ? null : type })}
            >
              {text(`search.type.${type}`)}
            </a>
          ))}
        </div>
      </nav>
      <nav aria-label={text('list.order')}>
        <div class="pick">
          {ORDERS.map((order) => (
            <a
              key={order}
              aria-current={current(order === search.order)}
              href={link({ order: order === 'relevance' ? null : order })}
            >
              {text(`search.order.${order}`)}
            </a>
          ))}
        </div>
      </nav>
    </div>
  );
}
