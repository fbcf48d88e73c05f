/** Returns the time. It is passed in wherever "now" matters, so that tests can set it. */
export type Clock = () => Date;

/** The machine's clock. */
export const systemClock: Clock = () => new Date();
