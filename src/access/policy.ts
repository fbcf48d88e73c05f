/** What an operator may choose for a forum. server/settings/settings.ts reads it from settings; rules take it as an argument. */
export interface Policy {
  /** How long members may edit what they wrote, in milliseconds; null: for ever. Moderators are not bound by it. */
  readonly editWindowMs: number | null;
  /** Whether authors may vote on what they wrote themselves. */
  readonly voteOnOwn: boolean;
  /** Whether votes are taken in locked discussions. */
  readonly voteWhenLocked: boolean;
  /** The depth that a reply may have at most; top-level comments have 0. */
  readonly replyDepthMax: number;
  /** Whether people can make accounts of the forum's own. */
  readonly signUp: boolean;
  /** How long a session lasts after its last use, in milliseconds. */
  readonly sessionMs: number;
}

/** Every person's words stay theirs to mend; replies deeper than this no screen can indent. */
export const DEFAULT_POLICY: Policy = {
  editWindowMs: null,
  voteOnOwn: false,
  voteWhenLocked: false,
  replyDepthMax: 10,
  signUp: true,
  sessionMs: 30 * 24 * 60 * 60 * 1000,
};
