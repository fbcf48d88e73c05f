export interface Request {
  readonly body: string;
  /** The API key to send; absent: none. */
  readonly token?: string;
}

/** What the load process is told to send. */
export interface Job {
  readonly url: string;
  /** Each connection sends its own part of them over and over. */
  readonly requests: readonly Request[];
  readonly connections: number;
  /** Sent but not counted. */
  readonly warmUpSeconds: number;
  readonly seconds: number;
}

/** What it saw. */
export interface Load {
  /** All answers, those of the warm-up included. */
  readonly answered: number;
  readonly requestsPerSecond: number;
  /** Latencies in milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** The mean size of an answer with its headers. */
  readonly bytes: number;
  /** Answers other than 2xx, broken connections and timeouts, warm-up included: a figure counts only without them. */
  readonly failures: number;
  /** The share of the time in which the load process itself was busy: near 1, it is the load that is measured. */
  readonly loadCpu: number;
}
