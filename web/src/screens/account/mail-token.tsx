import type { Visit } from '../../http/visit.ts';
import { usePage } from '../../parts/page-context.ts';

/** The token of an e-mail's link: from the address, or from the page's own form. Empty if there is none. */
export function tokenOf(visit: Visit): string {
  return visit.method === 'POST' ? visit.field('token') : (visit.url.searchParams.get('token') ?? '').trim();
}

/** A page for an address without the token, such as a link that an e-mail program has cut. */
export function MissingToken({ title }: { readonly title: string }) {
  const { text } = usePage();
  return (
    <div class="page page--single">
      <main id="main" class="message">
        <h1 class="title">{title}</h1>
        <p>{text('mailToken.missing')}</p>
        <p>
          <a href="/">{text('error.back')}</a>
        </p>
      </main>
    </div>
  );
}
