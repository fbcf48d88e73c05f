import type { ComponentChild } from 'preact';
import type { Page } from '../http/answers.ts';
import { OPERATOR_STYLES } from '../http/assets.ts';
import { hostOf } from '../screens/embed/embed-query.ts';
import { Footer } from './footer.tsx';
import { Header } from './header.tsx';
import { IconShapes } from './icon.tsx';
import { usePage } from './page-context.ts';

/** The whole page around a screen's view. */
export function Document({ page }: { readonly page: Page }) {
  const { visit, language, site } = usePage();
  const asset = (name: string) => site.assets.get(name) ?? '';
  return (
    <html lang={language} data-theme={visit.theme === 'system' ? undefined : visit.theme}>
      <head>
        <meta charset="utf-8" />
        <meta
          name="viewport"
          content="width=device-width, initial-scale=1, interactive-widget=resizes-content"
        />
        <title>{page.title === site.name ? site.name : `${page.title} · ${site.name}`}</title>
        <link rel="stylesheet" href={asset('main.css')} />
        {site.assets.has(OPERATOR_STYLES) && <link rel="stylesheet" href={asset(OPERATOR_STYLES)} />}
        <link rel="icon" href={asset('icon.svg')} type="image/svg+xml" />
        <meta name="color-scheme" content={visit.theme === 'system' ? 'light dark' : visit.theme} />
        <script type="module" src={asset('main.js')} />
        {!page.isIndexed && <meta name="robots" content="noindex" />}
        {page.head}
        {(visit.isEmbedded || visit.isForFrame) && <script type="module" src={asset('frame.js')} />}
        {visit.isEmbedded && <base target="_blank" />}
      </head>
      {visit.isEmbedded ? <EmbeddedBody view={page.view} /> : <Body view={page.view} />}
    </html>
  );
}

/** Where the script of the page says that the forum cannot be reached. */
function ConnectionNote() {
  const { text } = usePage();
  return (
    <div
      class="connection"
      role="status"
      data-connection
      data-offline={text('connection.offline')}
      data-away={text('connection.away')}
    />
  );
}

interface BodyProps {
  readonly view: ComponentChild;
}

function Body({ view }: BodyProps) {
  const { text } = usePage();
  return (
    <body>
      <IconShapes />
      <a class="skip" href="#main">
        {text('frame.skip')}
      </a>
      <Header />
      {view}
      <Footer />
      <ConnectionNote />
    </body>
  );
}

/** Without header and footer: the page around it has its own. The frame gets the height of `#embedded`. */
function EmbeddedBody({ view }: BodyProps) {
  const { visit } = usePage();
  return (
    <body class="embedded">
      <IconShapes />
      <div id="embedded" data-host={hostOf(visit) ?? undefined}>
        {view}
        <ConnectionNote />
      </div>
    </body>
  );
}
