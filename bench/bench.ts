import type { LoadGenerator } from './load/generator.ts';
import type { Options } from './options.ts';
import type { Timing } from './rounds.ts';

/** What every part of the benchmark measures with. */
export interface Bench {
  readonly load: LoadGenerator;
  /** The file of the generated forum. */
  readonly generated: string;
  readonly options: Options;
  readonly timing: Omit<Timing, 'connections'>;
  /** Shows a table, and keeps it for the document. */
  print(text: string): void;
}
