/** What a client learns about the server. */
export interface Identity {
  /** The forum's name. */
  readonly title: string;
  readonly version: string;
  readonly url: string;
}
