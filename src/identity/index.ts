import { defineModule } from '../graphql/module.ts';
import type { AccountRow } from './account-reads.ts';
import { accountResolvers } from './account-resolvers.ts';
import type { AccountStatusRow } from './account-status.ts';
import { type ApiKeyRow, loadApiKey } from './api-keys.ts';
import { loadSession, type SessionRow } from './sessions.ts';

/** Accounts, sessions, API keys and external identities. */
export const identityModule = defineModule({
  name: 'identity',
  resolvers: accountResolvers,
  nodes: {
    Session: { prefix: 'S', load: loadSession },
    ApiKey: { prefix: 'Y', load: loadApiKey },
  },
  tables: [
    'account',
    'session',
    'api_key',
    'mail_token',
    'sign_in_address',
    'sign_in_device',
    'external_identity',
  ],
});

/** What the resolvers of each type get. */
export interface IdentityTypes {
  Account: AccountRow;
  AccountStatus: AccountStatusRow;
  Session: SessionRow;
  ApiKey: ApiKeyRow;
}

export { issueKeyForNewAuthor } from './api-keys.ts';
export { authenticate } from './authenticate.ts';
export { type ClaimNames, DEFAULT_CLAIMS } from './external-claims.ts';
export { type ExternalIdentities, openExternalIdentities } from './external-identities.ts';
export {
  type ExternalIdentityLog,
  type ExternalTokenSettings,
  type KeyTimes,
  PUBLIC_KEY_ALGORITHMS,
  SECRET_ALGORITHMS,
} from './external-token.ts';
export { emailsOf } from './prepare-email.ts';
