export type { AccountRow } from './account-reads.ts';
export { accountResolvers } from './account-resolvers.ts';
export { type ApiKeyPage, type ApiKeyRow, issueKeyForNewAuthor, loadApiKey } from './api-keys.ts';
export { authenticate, type Credentials, type IdentityParts } from './authenticate.ts';
export { type ClaimNames, DEFAULT_CLAIMS } from './external-claims.ts';
export { type ExternalIdentities, openExternalIdentities } from './external-identities.ts';
export {
  type ExternalTokenSettings,
  type KeyTimes,
  PUBLIC_KEY_ALGORITHMS,
  SECRET_ALGORITHMS,
} from './external-token.ts';
export { loadSession, type SessionPage, type SessionRow } from './sessions.ts';
