import { type Problem, signInNeeded } from '../../api/api-error.ts';
import type { ProfilePageQuery } from '../../generated/graphql/graphql.ts';
import { graphql } from '../../generated/graphql/index.ts';
import { type Answer, page, redirect } from '../../http/answers.ts';
import type { Visit } from '../../http/visit.ts';
import { AccountPage, Done, Input } from '../../parts/account-page.tsx';
import { FormKey, Problems } from '../../parts/form.tsx';
import { viewerOf } from '../../parts/frame.ts';
import { usePage } from '../../parts/page-context.ts';

const ProfilePage = graphql(`
  query ProfilePage {
    ...Frame
    viewer {
      author {
        name
        handle
        jobTitle
        company
      }
      account {
        email
      }
    }
  }
`);

const UpdateProfile = graphql(`
  mutation UpdateProfile($input: UpdateAuthorInput!) {
    updateAuthor(input: $input) {
      clientMutationId
    }
  }
`);

const FIELDS = ['name', 'handle', 'jobTitle', 'company'] as const;

export function showProfile(visit: Visit): Promise<Answer> {
  return profilePage(visit, []);
}

export async function saveProfile(visit: Visit): Promise<Answer> {
  const values = Object.fromEntries(FIELDS.map((name) => [name, visit.field(name) || null]));
  const input = { ...values, idempotencyKey: visit.idempotencyKey };
  const { refusal } = await visit.attempt(UpdateProfile, { input });
  return refusal ? profilePage(visit, refusal.problems) : redirect('/account?done=saved');
}

async function profilePage(visit: Visit, problems: readonly Problem[]): Promise<Answer> {
  const data = await visit.ask(ProfilePage);
  if (!data.viewer) throw signInNeeded();
  return page({
    status: problems.length > 0 ? 422 : 200,
    title: visit.speech.text('account.tab.profile'),
    viewer: viewerOf(data),
    view: <ProfileView viewer={data.viewer} problems={problems} />,
  });
}

interface ProfileProps {
  readonly viewer: NonNullable<ProfilePageQuery['viewer']>;
  readonly problems: readonly Problem[];
}

function ProfileView({ viewer: { author, account }, problems }: ProfileProps) {
  const { visit, text } = usePage();
  const inputs = [
    { name: 'name', autocomplete: 'name', required: true, dir: 'auto' },
    { name: 'handle', autocomplete: 'off', hint: text('profile.handleHint') },
    { name: 'jobTitle', autocomplete: 'organization-title', dir: 'auto' },
    { name: 'company', autocomplete: 'organization', dir: 'auto' },
  ] as const;
  return (
    <AccountPage tab="profile">
      <Done word="saved" message={text('profile.saved')} />
      <Problems problems={problems} fields={FIELDS} />
      <p class="hint">{text(account ? 'profile.public' : 'profile.fromHost')}</p>
      <form class="stack" method="post" action="/account">
        <FormKey />
        {inputs.map(({ name, ...attributes }) => (
          <Input
            key={name}
            name={name}
            label={text(`account.${name}`)}
            problems={problems}
            value={visit.method === 'POST' ? visit.field(name) : (author[name] ?? '')}
            {...attributes}
          />
        ))}
        <div class="write__end">
          <button class="btn btn--main">{text('edit.save')}</button>
        </div>
      </form>
    </AccountPage>
  );
}
