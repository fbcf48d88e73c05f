import { get, type Route } from '../../http/routes.ts';
import { answerMentions } from './mentions.tsx';

export const mentionRoutes: readonly Route[] = [get('/mentions', answerMentions)];
