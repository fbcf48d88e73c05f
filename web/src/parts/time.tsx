import { usePage } from './page-context.ts';

/** How long ago something was, with the exact time on hover. */
export function Time({ at }: { readonly at: string }) {
  const { visit, formats } = usePage();
  return (
    <time datetime={at} title={formats.exact(at)}>
      {formats.ago(at, visit.now)}
    </time>
  );
}
