/** Tells the time. Passed in wherever "now" matters, so that a test can say what time it is. */
export type Clock = () => Date;

/** The machine's clock. */
export const systemClock: Clock = () => new Date();
