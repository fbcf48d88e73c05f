import { languages } from '../language/language.ts';
import { ReturnHere } from './form.tsx';
import { usePage } from './page-context.ts';

const THEMES = ['system', 'light', 'dark'] as const;

/** Language and appearance are buttons of one form: they work without scripts, and are remembered in cookies. */
export function Footer() {
  const { visit, text, language } = usePage();
  return (
    <footer class="foot">
      <div class="foot__in">
        <form class="foot__form" method="post" action="/appearance">
          <ReturnHere />
          <fieldset>
            <legend>{text('footer.language')}</legend>
            {languages.map((one) => (
              <button
                key={one.language}
                class="btn btn--small"
                name="language"
                value={one.language}
                lang={one.language}
                aria-pressed={one.language === language ? 'true' : 'false'}
              >
                {one.name}
              </button>
            ))}
          </fieldset>
          <fieldset>
            <legend>{text('footer.theme')}</legend>
            {THEMES.map((theme) => (
              <button
                key={theme}
                class="btn btn--small"
                name="theme"
                value={theme}
                aria-pressed={theme === visit.theme ? 'true' : 'false'}
              >
                {text(`footer.theme.${theme}`)}
              </button>
            ))}
          </fieldset>
        </form>
      </div>
    </footer>
  );
}
