import type { ComponentChildren } from 'preact';
import type { AuthorNameFragmentDoc, DiffKind } from '../../generated/graphql/graphql.ts';
import type { FragmentType } from '../../generated/graphql/index.ts';
import { PlainAuthor } from '../../parts/author.tsx';
import { FormKey } from '../../parts/form.tsx';
import { usePage } from '../../parts/page-context.ts';
import { Pager } from '../../parts/pager.tsx';
import { withQuery } from '../../parts/paths.ts';
import type { Can } from '../../parts/permission.ts';
import { Time } from '../../parts/time.tsx';

export interface Part {
  readonly kind: DiffKind;
  readonly text: string;
}

interface DiffProps {
  /** Empty if the revision before was redacted: there is nothing to compare with. */
  readonly parts: readonly Part[];
  /** The text after the edit. It is shown as it is if there are no parts. */
  readonly whole?: string;
}

/** What an edit changed, as `ins` and `del`, which screen readers can announce. */
export function Diff({ parts, whole }: DiffProps) {
  return (
    <div class="diff" dir="auto">
      {parts.length === 0 && whole}
      {parts.map(({ kind, text }, index) => {
        if (kind === 'ADDED') return <ins key={index}>{text}</ins>;
        return kind === 'REMOVED' ? <del key={index}>{text}</del> : text;
      })}
    </div>
  );
}

interface RevisionProps {
  readonly id: string;
  readonly revision: number;
  readonly createdAt: string;
  readonly editor: FragmentType<typeof AuthorNameFragmentDoc> | null;
  readonly redactedAt: string | null;
  /** What the viewer may do with it. Null if it is the present text. */
  readonly can: { readonly update: Can; readonly redactRevision: Can } | null;
  readonly children: ComponentChildren;
}

/** One revision: who made it, when, its changes, and what can be done with its text. */
export function Revision({ id, revision, createdAt, editor, redactedAt, can, children }: RevisionProps) {
  const { text } = usePage();
  const name = text('history.revision', { number: revision });
  return (
    <li class="revision">
      <h2>{name}</h2>
      <p class="meta">
        <PlainAuthor author={editor} />
        <span>
          <Time at={createdAt} />
        </span>
      </p>
      {redactedAt === null ? children : <p class="hint">{text('history.redacted')}</p>}
      {redactedAt === null && can !== null && (can.update.isAllowed || can.redactRevision.isAllowed) && (
        <div class="acts">
          {can.update.isAllowed && (
            <form method="post" action={`/revisions/${id}/restore`}>
              <FormKey />
              <button class="btn btn--line btn--small">
                {text('history.restore')}
                <span class="sr"> ({name})</span>
              </button>
            </form>
          )}
          {can.redactRevision.isAllowed && (
            <a class="btn btn--small" href={`/revisions/${id}/redact`}>
              {text('history.redact')}
              <span class="sr"> ({name})</span>
            </a>
          )}
        </div>
      )}
    </li>
  );
}

interface HistoryProps {
  readonly back: string;
  readonly about: string;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor?: string | null | undefined };
  /** What is said below the revisions. */
  readonly below?: ComponentChildren;
  readonly children: ComponentChildren;
}

export function HistoryView({ back, about, pageInfo, below, children }: HistoryProps) {
  const { visit, text } = usePage();
  return (
    <div class="page page--single">
      <main id="main" class="wide-form">
        <nav class="crumbs" aria-label={text('crumbs.label')}>
          <ol role="list">
            <li>
              <a href={back} dir="auto">
                {about}
              </a>
            </li>
          </ol>
        </nav>
        <h1 class="title">{text('history.title')}</h1>
        <ol class="revisions" role="list">
          {children}
        </ol>
        <Pager
          next={pageInfo.hasNextPage ? withQuery(visit.url, { after: pageInfo.endCursor ?? null }) : null}
          more={text('history.more')}
        />
        {below}
      </main>
    </div>
  );
}
