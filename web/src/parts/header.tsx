import { FormKey } from './form.tsx';
import { Icon } from './icon.tsx';
import { usePage } from './page-context.ts';
import { isSignInPath } from './paths.ts';

export function Header() {
  const { visit, viewer, text, site } = usePage();
  const back = isSignInPath(visit.here) ? '/' : visit.here;
  return (
    <header class="bar">
      <div class="bar__in">
        <a class="brand" href="/">
          <svg aria-hidden="true">
            <use href="#i-brand" />
          </svg>
          {site.name}
        </a>
        <form class="search" role="search" action="/search">
          <label class="sr" for="q">
            {text('frame.search')}
          </label>
          <Icon name="search" />
          <input
            class="field"
            id="q"
            name="q"
            type="search"
            placeholder={text('frame.searchHint')}
            autocomplete="off"
            value={visit.url.pathname === '/search' ? (visit.url.searchParams.get('q') ?? '') : undefined}
          />
        </form>
        <div class="bar__end">
          {viewer === null && visit.token === null && (
            <a class="btn" href={`/sign-in?return=${encodeURIComponent(back)}`}>
              {text('frame.signIn')}
            </a>
          )}
          {viewer !== null && (
            <details class="menu">
              <summary class="btn">
                <span class="menu__name" dir="auto">
                  {viewer.name}
                </span>
              </summary>
              <div class="menu__items">
                <a class="btn" href="/account">
                  {text('frame.account')}
                </a>
                <a class="btn" href="/bookmarks">
                  {text('frame.bookmarks')}
                </a>
                <form method="post" action="/sign-out">
                  <FormKey />
                  <button class="btn">{text('frame.signOut')}</button>
                </form>
              </div>
            </details>
          )}
          <a class="btn btn--main" href="/ask">
            <span class="narrow">{text('frame.askShort')}</span>
            <span class="wide">{text('frame.ask')}</span>
          </a>
        </div>
      </div>
    </header>
  );
}
