import type { AddCommentInput, SetVoteInput } from '../src/generated/graphql.ts';

/** The base of the addresses in answers, the same for every server that is measured. */
export const SITE_URL = 'https://forum.example';

/** The workload: what a forum's two most visited pages ask for, and its two commonest writes. */
export const OPERATIONS = ['threadPage', 'listPage', 'addComment', 'setVote'] as const;

export type Operation = (typeof OPERATIONS)[number];

export const isWrite = (operation: Operation): boolean => !operation.endsWith('Page');

export interface Variables {
  /** A discussion's global id. */
  readonly id?: string;
  readonly after?: string;
  readonly slug?: string;
  readonly input?: AddCommentInput | SetVoteInput;
}

/** One request of the workload. */
export interface Ask {
  readonly variables: Variables;
  /** The API key of the viewer. If omitted, a guest. */
  readonly token?: string;
}
