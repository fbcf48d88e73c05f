// The settings that limit what clients may request, and how often.
import * as z from 'zod';
import { DEFAULT_QUERY_LIMITS } from '../../api/limits/query-limits.ts';
import { isRedisUrl, onOff, wholeNumber } from './setting-forms.ts';

export const limitSettings = {
  RATE_LIMITS: onOff('on'),
  REDIS_URL: z.string().refine(isRedisUrl).optional().describe('redis://… or rediss://…'),
  QUERY_POINTS_PER_MINUTE: wholeNumber(6000, 1, 100_000_000),
  ANSWER_BYTES_MAX: wholeNumber(DEFAULT_QUERY_LIMITS.answerBytesMax, 10_000, 999_999_999),
  QUERY_DEPTH_MAX: wholeNumber(DEFAULT_QUERY_LIMITS.depthMax, 1, 1000),
  QUERY_NODES_MAX: wholeNumber(DEFAULT_QUERY_LIMITS.nodesMax, 1, 100_000_000),
  QUERY_ALIASES_MAX: wholeNumber(DEFAULT_QUERY_LIMITS.aliasesMax, 0, 1000),
};
