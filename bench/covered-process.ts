// Runs a program and tells, at each message, which named functions have run since the last one: by file, where each begins.
import { Session } from 'node:inspector/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const session = new Session();
session.connect();
await session.post('Profiler.enable');
await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
process.on('message', async () => {
  const { result } = await session.post('Profiler.takePreciseCoverage');
  const ran = result.map(({ url, functions }) => ({
    url,
    starts: functions.flatMap(({ functionName, ranges: [range] }) =>
      range && range.count > 0 && functionName !== '' ? [range.startOffset] : [],
    ),
  }));
  process.send?.(ran.filter(({ url, starts }) => url.startsWith('file:') && starts.length > 0));
});
await import(pathToFileURL(path.resolve(process.argv[2] ?? '')).href);
