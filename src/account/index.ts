export { authenticate, type Credentials, type IdentityParts } from './authenticate.ts';
export { type HostAccounts, openHostAccounts } from './host-accounts.ts';
export { type ClaimNames, DEFAULT_CLAIMS } from './host-claims.ts';
export {
  type HostTokenSettings,
  type KeyTimes,
  PUBLIC_KEY_ALGORITHMS,
  SECRET_ALGORITHMS,
} from './host-token.ts';
export { issueKeyForNewAuthor } from './issue-api-key.ts';
