export type { AccountRow } from './account-reads.ts';
export { accountResolvers } from './account-resolvers.ts';
export { type ApiKeyPage, type ApiKeyRow, loadApiKey } from './api-key-reads.ts';
export { authenticate, type Credentials, type IdentityParts } from './authenticate.ts';
export { type ExternalIdentities, openExternalIdentities } from './host-accounts.ts';
export { type ClaimNames, DEFAULT_CLAIMS } from './host-claims.ts';
export {
  type ExternalTokenSettings,
  type KeyTimes,
  PUBLIC_KEY_ALGORITHMS,
  SECRET_ALGORITHMS,
} from './host-token.ts';
export { issueKeyForNewAuthor } from './issue-api-key.ts';
export { loadSession, type SessionPage, type SessionRow } from './session-reads.ts';
