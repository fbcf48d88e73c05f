import { get, post, type Route } from '../../http/routes.ts';
import { showSignIn, signIn } from './sign-in.tsx';
import { signOut } from './sign-out.ts';
import { showSignUp, signUp } from './sign-up.tsx';

export const accountRoutes: readonly Route[] = [
  get('/sign-in', showSignIn),
  post('/sign-in', signIn),
  get('/sign-up', showSignUp),
  post('/sign-up', signUp),
  post('/sign-out', signOut),
];
