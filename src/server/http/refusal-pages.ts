import type { IncomingHttpHeaders } from 'node:http';
import type { HttpAnswer } from '../../api/http-answer.ts';
import type { Settings } from '../settings/settings.ts';
import { FRONT_END_FOLDER, type WebAnswer, wantsPage } from './front-end-build.ts';

/** What dist/web/refusals.js exports. */
interface RefusalsModule {
  createRefusals(
    options: { readonly siteName: string; readonly embedOrigins: readonly string[] },
    folder: URL,
  ): Refusals;
}

interface Refusals {
  pageFor(
    request: RefusedRequest,
    refused: { readonly status: number; readonly retryAfter: number | null; readonly form: null },
  ): WebAnswer;
}

/** A request that is refused, or what is known of it. */
export interface RefusedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
}

/** What programs ask for, whatever they accept. */
const FOR_PROGRAMS = /^\/(?:graphql|feeds|mcp|health|metrics)(?:[/?]|$)/;

/** Pages for browsers whose requests are refused before the front end gets them. Without a front end there are none. */
export class RefusalPages {
  #refusals: Refusals | null = null;

  /** Loads the pages' texts, a small part of the front end: a server that refuses has no time for it. */
  async load({ policy, embedOrigins }: Pick<Settings, 'policy' | 'embedOrigins'>): Promise<void> {
    const module: RefusalsModule = await import(new URL('refusals.js', FRONT_END_FOLDER).href);
    this.#refusals = module.createRefusals({ siteName: policy.siteName, embedOrigins }, FRONT_END_FOLDER);
  }

  /** The page that says what an answer says. Null if the client is no browser, or the answer no refusal. */
  pageFor(request: RefusedRequest, { status, headers }: HttpAnswer): WebAnswer | null {
    if (this.#refusals === null || !wantsPage(request) || FOR_PROGRAMS.test(request.url)) return null;
    const at = headers.indexOf('retry-after');
    const retryAfter = at < 0 ? null : Number(headers[at + 1]);
    return this.#refusals.pageFor(request, { status, retryAfter, form: null });
  }
}
