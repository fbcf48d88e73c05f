export type { ApiRequest, AskApi } from './api/ask-api.ts';
export { createFrontEnd, type FrontEnd, type FrontEndOptions } from './http/front-end.ts';
export type { WebAnswer, WebRequest } from './http/web-request.ts';
