import cors from '@fastify/cors';
import type { FastifyInstance } from 'fastify';
import type { Settings } from '../settings/settings.ts';

const METHODS = ['GET', 'POST'];
const EXPOSED = ['x-request-id', 'retry-after', 'ratelimit', 'ratelimit-policy'];
const PREFLIGHT_SECONDS = 600;

type Origins = Settings['corsOrigins'];

/** Lets pages of these origins call the API; without any, no answer says a word of it. */
export async function installCors(app: FastifyInstance, origins: Origins): Promise<void> {
  if (origins.length === 0) return;
  await app.register(cors, {
    origin: origins === '*' ? '*' : [...origins],
    methods: METHODS,
    exposedHeaders: EXPOSED,
    maxAge: PREFLIGHT_SECONDS,
  });
}

/** Names and values in turn that it adds to the answer of every request that is no preflight; null: that depends on the request's origin. */
export function corsHeaders(origins: Origins): readonly string[] | null {
  if (origins.length === 0) return [];
  if (origins !== '*') return null;
  return ['access-control-allow-origin', '*', 'access-control-expose-headers', EXPOSED.join(', ')];
}
