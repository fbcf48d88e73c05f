import type { ComponentChildren } from 'preact';
import { usePage } from '../../parts/page-context.ts';
import { discussionPath } from '../../parts/paths.ts';

interface About {
  readonly slug: string;
  readonly title: string;
}

interface PageProps {
  readonly title: string;
  readonly about: About;
  readonly isWide?: boolean;
  readonly children: ComponentChildren;
}

/** A page with a form about a discussion, to which it leads back. */
export function ModeratorPage({ title, about, isWide = false, children }: PageProps) {
  const { text } = usePage();
  return (
    <div class="page page--single">
      <main id="main" class={isWide ? 'wide-form' : 'narrow-form'}>
        <nav class="crumbs" aria-label={text('crumbs.label')}>
          <ol role="list">
            <li>
              <a href={discussionPath(about.slug)} dir="auto">
                {about.title}
              </a>
            </li>
          </ol>
        </nav>
        <h1 class="title">{title}</h1>
        {children}
      </main>
    </div>
  );
}

interface EndProps {
  readonly back: string;
  readonly submit: string;
  /** Whether it takes something away. */
  readonly isDeletion?: boolean;
}

/** The end of such a form: back without a change, or the button that sends it. */
export function FormEnd({ back, submit, isDeletion = false }: EndProps) {
  const { text } = usePage();
  return (
    <div class="write__end">
      <a class="btn" href={back}>
        {text('write.cancel')}
      </a>
      <button class={isDeletion ? 'btn btn--main btn--danger' : 'btn btn--main'}>{submit}</button>
    </div>
  );
}
