import { createWriteStream } from 'node:fs';

/** A report of a broken export of a hundred million elements must not fill the disk. */
const REPORT_LINES_MAX = 1_000_000;

/** A file with a line for each thing that an import leaves out or changes. What cannot be written is said on stderr. */
export function reportFile(path: string): { add(line: string): void; end(): Promise<void> } {
  const stream = createWriteStream(path);
  const failed = new Promise<never>((_, reject) => stream.on('error', reject));
  failed.catch(() => {});
  let count = 0;
  return {
    add: (line) => {
      count++;
      if (count <= REPORT_LINES_MAX) stream.write(`${line}\n`);
    },
    end: async () => {
      const more = count - REPORT_LINES_MAX;
      if (more > 0) stream.write(`… and ${more} more\n`);
      const ended = new Promise<void>((resolve) => stream.end(resolve));
      await Promise.race([ended, failed]).catch((error: Error) => {
        process.stderr.write(`The report ${path} could not be written: ${error.message}\n`);
      });
    },
  };
}
