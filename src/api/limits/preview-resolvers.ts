// The rate limits in previews. Modules do not know the limits, because writes are counted before they begin.
import type { GraphQLSchema } from 'graphql';
import type { Context } from '../../access/context.ts';
import { type Problem, problemOf } from '../../access/errors.ts';
import { type AllowanceLeft, NO_LIMITS, tooMany } from '../../access/limiter.ts';
import type { RateLimitState, Resolvers } from '../../generated/graphql.ts';
import { pointsLeft, rateLimitsOf } from './rate-limits.ts';

/** What the client has left of a mutation's allowance. Null if there is no limit. */
async function leftOf(ctx: Context, schema: GraphQLSchema, mutation: string): Promise<AllowanceLeft | null> {
  const type = schema.getMutationType();
  const allowance = type && rateLimitsOf(schema, type).get(mutation);
  if (!allowance || ctx.limiter === NO_LIMITS) return null;
  return pointsLeft(ctx, mutation, allowance);
}

const previewOf = (mutation: string) => ({
  rateLimit: async (
    _: unknown,
    __: unknown,
    ctx: Context,
    { schema }: { readonly schema: GraphQLSchema },
  ) => {
    const state = await leftOf(ctx, schema, mutation);
    return state && rateLimitState(state, ctx.now());
  },
  problems: async (
    { problems }: { readonly problems: readonly Problem[] },
    _: unknown,
    ctx: Context,
    { schema }: { readonly schema: GraphQLSchema },
  ) => {
    const state = await leftOf(ctx, schema, mutation);
    if (state === null || state.left > 0) return problems;
    return [...problems, problemOf(tooMany(state.resetsInMs))];
  },
});

function rateLimitState({ points, perSeconds, left, resetsInMs }: AllowanceLeft, now: Date): RateLimitState {
  const resetsAt = left === points && resetsInMs <= 0 ? null : new Date(now.getTime() + resetsInMs);
  return { limit: points, windowSeconds: perSeconds, remaining: left, resetsAt };
}

export const previewLimitResolvers: Resolvers = {
  DiscussionPreview: previewOf('createDiscussion'),
  CommentPreview: previewOf('addComment'),
};
