import { usePage } from '../../parts/page-context.ts';
import { withQuery } from '../../parts/paths.ts';
import { type ListQuery, ORDERS, WINDOWS } from './list-query.ts';

/** Orders as tabs, and filters beside them. All are links, so that each list has an address. */
export function ListControls({ query }: { readonly query: ListQuery }) {
  const { visit, text } = usePage();
  const link = (changes: Record<string, string | null>) => withQuery(visit.url, { after: null, ...changes });
  const current = (isCurrent: boolean) => (isCurrent ? ('page' as const) : undefined);
  return (
    <div class="filters">
      <nav aria-label={text('list.order')}>
        <div class="tabs">
          {ORDERS.map((order) => (
            <a
              key={order}
              aria-current={current(order === query.order)}
              href={link({ order: order === 'active' ? null : order, window: null })}
            >
              {text(`list.order.${order}`)}
            </a>
          ))}
        </div>
      </nav>
      {query.order === 'top' && (
        <nav aria-label={text('list.window')}>
          <div class="pick">
            {WINDOWS.map((window) => (
              <a
                key={window}
                aria-current={current(window === query.window)}
                href={link({ window: window === 'all' ? null : window })}
              >
                {text(`list.window.${window}`)}
              </a>
            ))}
          </div>
        </nav>
      )}
      <nav aria-label={text('list.filter')}>
        <div class="pick">
          {([null, 'no', 'yes'] as const).map((answered) => (
            <a key={answered} aria-current={current(answered === query.answered)} href={link({ answered })}>
              {text(`list.answered.${answered ?? 'all'}`)}
            </a>
          ))}
        </div>
      </nav>
    </div>
  );
}
