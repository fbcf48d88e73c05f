import { get, post, type Route } from '../../http/routes.ts';
import { createApiKey, revokeApiKey, showApiKeys } from './api-keys.tsx';
import { saveProfile, showProfile } from './profile.tsx';
import { changePassword, endSession, requestConfirmation, showSecurity } from './security.tsx';

/** The viewer's own account. */
export const settingsRoutes: readonly Route[] = [
  get('/account', showProfile),
  post('/account', saveProfile),
  get('/account/security', showSecurity),
  post('/account/password', changePassword),
  post('/account/confirmation', requestConfirmation),
  post('/account/sessions/:id/end', endSession),
  get('/account/api-keys', showApiKeys),
  post('/account/api-keys', createApiKey),
  post('/account/api-keys/:id/revoke', revokeApiKey),
];
