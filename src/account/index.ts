export type { AccountRow } from './account-reads.ts';
export { accountResolvers } from './account-resolvers.ts';
export { type ApiKeyPage, type ApiKeyRow, loadApiKey } from './api-key-reads.ts';
export { authenticate, type Credentials, type IdentityParts } from './authenticate.ts';
export { issueKeyForNewAuthor } from './issue-api-key.ts';
export { loadSession, type SessionPage, type SessionRow } from './session-reads.ts';
