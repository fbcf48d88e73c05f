/** What an operator can choose for a forum. server/settings reads it from the environment. Rules take it as an argument. */
export interface Policy {
  /** The forum's name. */
  readonly siteName: string;
  /** How long members may edit their texts, in milliseconds. Null: for ever. It does not apply to moderators. */
  readonly editWindowMs: number | null;
  /** Whether authors may vote on their own texts. */
  readonly voteOnOwn: boolean;
  /** Whether votes are allowed in locked discussions. */
  readonly voteWhenLocked: boolean;
  /** The maximum depth of a reply. Top-level comments have depth 0. */
  readonly replyDepthMax: number;
  /** Whether people can create accounts on the forum. */
  readonly signUp: boolean;
  /** Prefixes of `externalId` that only moderators of all categories may use. An empty one reserves all. */
  readonly reservedExternalIds: readonly string[];
  /** The hosts from which images in texts are shown. Other images become links. */
  readonly imageHosts: readonly string[];
  /** How long a session lasts after its last use, in milliseconds. */
  readonly sessionMs: number;
  /** The issuer whose tokens are accepted. Null: none are. */
  readonly externalIssuer: string | null;
}

/** Authors can always edit their own texts. Screens cannot indent deeper replies. */
export const DEFAULT_POLICY: Policy = {
  siteName: 'Parley',
  editWindowMs: null,
  voteOnOwn: false,
  voteWhenLocked: false,
  replyDepthMax: 10,
  signUp: true,
  reservedExternalIds: ['host:'],
  imageHosts: [],
  sessionMs: 30 * 24 * 60 * 60 * 1000,
  externalIssuer: null,
};
