export { authenticate, type Credentials, type IdentityParts } from './authenticate.ts';
export { issueKeyForNewAuthor } from './issue-api-key.ts';
