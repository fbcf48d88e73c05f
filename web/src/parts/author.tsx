import type { AuthorNameFragment } from '../generated/graphql/graphql.ts';
import type { FragmentType } from '../generated/graphql/index.ts';
import { graphql, readFragment } from '../generated/graphql/index.ts';
import type { Text } from '../language/language.ts';
import { Icon } from './icon.tsx';
import { usePage } from './page-context.ts';
import { authorPath } from './paths.ts';

const AuthorName = graphql(`
  fragment AuthorName on Author {
    id
    name
    jobTitle
    company
    avatarUrl
  }
`);

type Ref = FragmentType<typeof AuthorName> | null;

/** Authors without a name, as most imported ones are, are shown by their job title. */
export function nameOf(text: Text, ref: Ref): string {
  return named(text, ref && readFragment(AuthorName, ref));
}

function named(text: Text, author: AuthorNameFragment | null): string {
  return author?.name ?? author?.jobTitle ?? text('author.anonymous');
}

/** The author's name alone, with a link to their page. */
export function PlainAuthor({ author }: { readonly author: Ref }) {
  const { text } = usePage();
  const name = nameOf(text, author);
  if (!author) return <span dir="auto">{name}</span>;
  return (
    <a href={authorPath(readFragment(AuthorName, author).id)} dir="auto">
      {name}
    </a>
  );
}

/**
 * Initials in a disc, in one of four colours that belongs to the author, and their picture over it. Pictures are loaded
 * from IMAGE_HOSTS alone: any other host would learn who reads what.
 */
export function AuthorDisc({ author }: { readonly author: Ref }) {
  const { site } = usePage();
  const known = author && readFragment(AuthorName, author);
  const picture = pictureOf(known?.avatarUrl ?? null, site.imageHosts);
  return (
    <span class={known?.name ? `disc disc--${colourOf(known.id)}` : 'disc disc--none'} aria-hidden="true">
      {known?.name ? initialsOf(known.name) : <Icon name="person" />}
      {picture && (
        <img src={picture} alt="" width="32" height="32" loading="lazy" referrerpolicy="no-referrer" />
      )}
    </span>
  );
}

/** 1 to 4. */
function colourOf(id: string): number {
  let sum = 0;
  for (let at = 0; at < id.length; at++) sum += id.charCodeAt(at);
  return (sum % 4) + 1;
}

/** The address of an author's picture, if pages may load it. */
function pictureOf(url: string | null, imageHosts: readonly string[]): string | null {
  if (url === null || !URL.canParse(url)) return null;
  const { protocol, host, href } = new URL(url);
  return protocol === 'https:' && imageHosts.includes(host) ? href : null;
}

/** Name with a link to the author's page, title and company. */
export function AuthorLine({ author }: { readonly author: Ref }) {
  const { text } = usePage();
  const known = author && readFragment(AuthorName, author);
  const about = known
    ? [known.name === null ? null : known.jobTitle, known.company].filter(Boolean).join(', ')
    : '';
  return (
    <>
      {known ? (
        <a class="name" href={authorPath(known.id)} dir="auto">
          {named(text, known)}
        </a>
      ) : (
        <b class="name" dir="auto">
          {named(text, known)}
        </b>
      )}
      {about !== '' && <span dir="auto">{about}</span>}
    </>
  );
}

function initialsOf(name: string): string {
  const words = name.split(/[\s-]+/).filter(Boolean);
  const first = words.at(0) ?? '';
  const last = words.length > 1 ? (words.at(-1) ?? '') : '';
  return [first, last]
    .map((word) => [...word][0] ?? '')
    .join('')
    .toUpperCase();
}
