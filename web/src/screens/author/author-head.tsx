import { type FragmentType, graphql, readFragment } from '../../generated/graphql/index.ts';
import { AuthorDisc, nameOf } from '../../parts/author.tsx';
import { usePage } from '../../parts/page-context.ts';

const Head = graphql(`
  fragment AuthorHead on Author {
    handle
    name
    jobTitle
    company
    role
    ...AuthorName
  }
`);

/** Name, role, title and company. */
export function AuthorHead({ author: ref }: { readonly author: FragmentType<typeof Head> }) {
  const { text } = usePage();
  const author = readFragment(Head, ref);
  const about = [author.name === null ? null : author.jobTitle, author.company].filter(Boolean).join(', ');
  return (
    <header class="profile">
      <AuthorDisc author={author} />
      <div>
        <h1 dir="auto">{nameOf(text, author)}</h1>
        {about !== '' && <p dir="auto">{about}</p>}
        <p class="profile__line">
          {author.handle !== null && <span dir="ltr">@{author.handle}</span>}
          {author.role !== 'MEMBER' && (
            <span class={author.role === 'VENDOR' ? 'badge badge--official' : 'badge'}>
              {text(`author.role.${author.role}`)}
            </span>
          )}
        </p>
      </div>
    </header>
  );
}
