import { type Answer, Clients } from './clients.ts';
import { PARLEY, type Program } from './programs.ts';
import type { Operation } from './queries.ts';
import { type Bench, table } from './report.ts';
import { median } from './rounds.ts';
import { digits, freePort, type Server, start } from './servers.ts';
import type { Targets } from './targets.ts';

const FEW = 32;
const MANY = 1_000;
const AT_ONCE = 4;
const TIMES = 5;
const RECOVERY_SECONDS = 4;
const WINDOW_MS = 250;

const COLUMNS = {
  'capacity, a second': 0,
  'its p99 ms': 1,
  'p99 ms at half of it': 1,
  'sent a second': 0,
  'answered a second': 0,
  'of the capacity, %': 0,
  'p99 ms': 1,
  'refused a second': 0,
  'worst /health/live, ms': 0,
  'most memory, MB': 0,
  'seconds until normal': 2,
  'busy load, %': 0,
} as const;

/** Measures what a server with its usual settings answers of five times as much as it can, and how fast. */
export async function measureOverload({ copies, options, print }: Bench): Promise<void> {
  const rows: string[][] = [];
  for (const operation of options.only) {
    const healthPort = await freePort();
    const server = await start(shedding(healthPort), copies.another());
    const [few, many] = [await Clients.open(server.url, FEW), await Clients.open(server.url, MANY)];
    try {
      // a server that is busy accepts few connections
      await many.oneByOne(() => 'GET /health/live HTTP/1.1\r\nhost: localhost\r\n\r\n', 0);
      const live = `http://127.0.0.1:${healthPort}/health/live`;
      const request = requestsOf(server, operation, copies.targets);
      await few.oneByOne(request, 2 * options.seconds);
      const rounds: number[][] = [];
      for (let n = 0; n < options.rounds; n++)
        rounds.push(await measureRound({ server, live, few, many, request, seconds: options.seconds }));
      const medians = Object.values(COLUMNS).map((decimals, i) =>
        digits(median(rounds.map((round) => round[i] ?? Number.NaN)), decimals),
      );
      rows.push([operation, ...medians]);
    } finally {
      few.close();
      many.close();
      await server.stop();
    }
  }
  print(`### ${TIMES} times the capacity\n\n${table(['', ...Object.keys(COLUMNS)], rows)}`);
}

/** The server without its response cache, with the limits that users have. */
const shedding = (healthPort: number): Program => ({
  ...PARLEY,
  env: (file) => {
    const { OVERLOAD_WAIT_MS: _, ...env } = PARLEY.env(file);
    return { ...env, HEALTH_PORT: String(healthPort) };
  },
});

/** Requests as they are sent, each time another member's: a vote that is repeated would write nothing. */
export function requestsOf({ program }: Pick<Server, 'program'>, operation: Operation, targets: Targets) {
  const asks = targets.workload[operation];
  const heads = targets.hotVotes.map(({ token }) =>
    asks[0]?.token ? `authorization: Bearer ${token}\r\n` : '',
  );
  const tails = asks.map((ask) => {
    const body = program.body(operation, ask);
    return `content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
  });
  const start = `POST ${program.path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n`;
  let sent = 0;
  return (): string => {
    const pass = Math.floor(sent / tails.length);
    const text = `${start}${heads[(sent + pass) % heads.length]}${tails[sent % tails.length]}`;
    sent++;
    return text;
  };
}

interface Round {
  readonly server: Server;
  /** The address of liveness. */
  readonly live: string;
  readonly few: Clients;
  readonly many: Clients;
  readonly request: () => string;
  readonly seconds: number;
}

async function measureRound({ server, live, few, many, request, seconds }: Round): Promise<number[]> {
  const full = accepted(await few.oneByOne(request, seconds));
  const capacity = full.length / seconds;
  const half = accepted((await few.atRate(request, capacity / 2, seconds)).answers);
  const seen = watch(server, live);
  const before = process.cpuUsage();
  const { sent, answers } = await many.atRate(request, TIMES * capacity, 3 * seconds, AT_ONCE);
  const { user, system } = process.cpuUsage(before);
  const endedAt = performance.now();
  const after = await few.atRate(request, capacity / 2, RECOVERY_SECONDS);
  const answered = accepted(answers);
  const rate = answered.length / (3 * seconds);
  return [
    ...[capacity, p99(full), p99(half), sent, rate, (100 * rate) / capacity, p99(answered)],
    ...[(answers.length - answered.length) / (3 * seconds), ...(await seen.end())],
    ...[secondsUntilNormal(after.answers, endedAt, p99(half)), (user + system) / (3e4 * seconds)],
  ];
}

const accepted = (answers: readonly Answer[]) => answers.filter(({ status }) => status === 200);

const p99 = (answers: readonly Answer[], share = 0.99): number =>
  answers.map(({ ms }) => ms).sort((a, b) => a - b)[Math.floor(answers.length * share)] ?? Number.NaN;

/** The end of the last quarter of a second in which one was refused, or most took longer than the slowest usually do. */
export function secondsUntilNormal(answers: readonly Answer[], from: number, usual: number): number {
  let normal = 0;
  for (let end = WINDOW_MS; end <= 1000 * RECOVERY_SECONDS; end += WINDOW_MS) {
    const window = answers.filter(({ at }) => at - from <= end && at - from > end - WINDOW_MS);
    const isNormal = window.length > 0 && accepted(window).length === window.length;
    if (!isNormal || p99(window, 0.5) > usual) normal = end / 1000;
  }
  return normal;
}

/** The slowest answer of liveness and the most memory from now on. */
function watch(server: Server, live: string) {
  let [slowest, memory] = [0, 0];
  let asking = Promise.resolve();
  const ticking = setInterval(() => {
    memory = Math.max(memory, server.megabytes('VmRSS'));
    const startedAt = performance.now();
    asking = fetch(live).then(async (response) => {
      await response.text();
      slowest = response.ok ? Math.max(slowest, performance.now() - startedAt) : Number.POSITIVE_INFINITY;
    });
  }, 100);
  return {
    end: async () => {
      clearInterval(ticking);
      await asking;
      return [slowest, memory];
    },
  };
}
