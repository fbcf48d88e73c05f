import type { Answer } from '../../http/answers.ts';
import { redirect } from '../../http/answers.ts';
import { localPath } from '../../http/local-path.ts';
import type { Visit } from '../../http/visit.ts';
import { isSignInPath } from '../../parts/paths.ts';

// What a guest wanted to do travels through the sign-in in hidden fields with this prefix, and is done after it.
const PREFIX = 'carried.';
const ACTION = `${PREFIX}action`;

/** The form that was sent without a session, or that an earlier page of the sign-in has carried. */
export function carriedFields(visit: Visit): readonly (readonly [name: string, value: string])[] {
  const fields = [...visit.form].filter(([name]) => name.startsWith(PREFIX));
  if (fields.length > 0 || visit.method !== 'POST' || isSignInPath(visit.url.pathname)) return fields;
  // a page never contains a password
  if (visit.form.has('newPassword')) return [];
  return [
    [ACTION, visit.url.pathname],
    ...[...visit.form].map(([name, value]) => [PREFIX + name, value] as const),
  ];
}

/** Where the sign-in leads to: the page that needs it, or the page on which its link was. */
function returnOf(visit: Visit): string {
  const chosen = visit.form.get('return') ?? visit.url.searchParams.get('return');
  const isSignIn = isSignInPath(visit.url.pathname);
  return localPath(chosen ?? (visit.method === 'GET' && !isSignIn ? visit.path : null));
}

export function CarriedForm({ visit }: { readonly visit: Visit }) {
  return (
    <>
      <input type="hidden" name="key" value={visit.newFormKey()} />
      <input type="hidden" name="return" value={returnOf(visit)} />
      {carriedFields(visit).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
    </>
  );
}

/** After the sign-in: the session's cookie, and what the guest wanted to do. */
export function begin(visit: Visit, token: string): Answer {
  const cookies = visit.sessionCookies(token);
  const path = visit.form.get(ACTION);
  if (path === null) return redirect(localPath(visit.form.get('return')), cookies);
  const form = new URLSearchParams();
  for (const [name, value] of visit.form)
    if (name.startsWith(PREFIX) && name !== ACTION) form.append(name.slice(PREFIX.length), value);
  if (!form.has('key')) form.set('key', visit.form.get('key') ?? '');
  return { kind: 'resume', visit, path: localPath(path), form, token, cookies };
}
