import { get, post, type Route } from '../../http/routes.ts';
import { confirmEmail, showConfirmEmail } from './confirm-email.tsx';
import { requestPasswordReset, showForgotPassword } from './forgot-password.tsx';
import { resetPassword, showResetPassword } from './reset-password.tsx';
import { showSignIn, signIn } from './sign-in.tsx';
import { signOut } from './sign-out.ts';
import { showSignUp, signUp } from './sign-up.tsx';

export const accountRoutes: readonly Route[] = [
  get('/sign-in', showSignIn),
  post('/sign-in', signIn),
  get('/sign-up', showSignUp),
  post('/sign-up', signUp),
  post('/sign-out', signOut),
  get('/forgot-password', showForgotPassword),
  post('/forgot-password', requestPasswordReset),
  get('/reset-password', showResetPassword),
  post('/reset-password', resetPassword),
  get('/confirm-email', showConfirmEmail),
  post('/confirm-email', confirmEmail),
];
