/** The part of autocannon's interface that the load generator uses; the package brings no types. */
declare module 'autocannon' {
  export interface Client {
    setRequests(requests: readonly object[]): void;
  }
  interface Instance {
    on(event: 'start', listener: () => void): void;
    on(event: 'response', listener: (c: Client, status: number, bytes: number, ms: number) => void): void;
  }
  /** `duration` in seconds; `sampleInt`: milliseconds between two looks at whether the time is over. */
  type Options = Readonly<Record<'connections' | 'duration' | 'sampleInt', number>> & {
    readonly url: string;
    readonly setupClient: (client: Client) => void;
  };
  type Result = Readonly<Record<'errors' | 'timeouts' | 'non2xx', number>>;
  export default function autocannon(
    options: Options,
    done: (error: Error | null, result: Result) => void,
  ): Instance;
}
