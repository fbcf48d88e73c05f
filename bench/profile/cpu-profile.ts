/** What V8's profiler answers: the part of it that is used here. Its lines and columns count from 0. */
export interface CpuProfile {
  readonly nodes: readonly ProfileNode[];
  /** The node that each sample has met. */
  readonly samples: readonly number[];
  /** Microseconds since the sample before. */
  readonly timeDeltas: readonly number[];
}

/** A function as it was called from one place: its callers are those nodes whose children it is among. */
export interface ProfileNode {
  readonly id: number;
  readonly callFrame: {
    readonly functionName: string;
    /** Empty: it is no JavaScript, or code that was made while the program ran. */
    readonly url: string;
    readonly lineNumber: number;
    readonly columnNumber: number;
  };
  readonly children?: readonly number[];
  /** How often samples have met which of its lines; these count from 1. */
  readonly positionTicks?: readonly { readonly line: number; readonly ticks: number }[];
}

/** A function that samples have met, and what it spent itself. */
export interface Spent {
  readonly node: ProfileNode;
  /** From its own caller outwards. */
  readonly callers: readonly ProfileNode[];
  readonly microseconds: number;
}

/** What each node spent itself. A sample stands for the time since the one before. */
export function spentByNodes({ nodes, samples, timeDeltas }: CpuProfile): Spent[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const callerOf = new Map(nodes.flatMap((node) => (node.children ?? []).map((id) => [id, node] as const)));
  const spent = new Map<number, number>();
  for (const [i, id] of samples.entries()) spent.set(id, (spent.get(id) ?? 0) + (timeDeltas[i] ?? 0));
  return [...spent].flatMap(([id, microseconds]) => {
    const node = byId.get(id);
    return node ? { node, callers: callersOf(node, callerOf), microseconds } : [];
  });
}

function callersOf(node: ProfileNode, callerOf: ReadonlyMap<number, ProfileNode>): ProfileNode[] {
  const callers: ProfileNode[] = [];
  for (let at = callerOf.get(node.id); at; at = callerOf.get(at.id)) callers.push(at);
  return callers;
}
