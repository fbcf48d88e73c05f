import type { GraphQLResolveInfo, GraphQLSchema } from 'graphql';
import { type Column, isNothing, type Level } from './level.ts';
import type { TypePlan } from './plan.ts';

type Path = GraphQLResolveInfo['path'];

/** What all fields of one running operation share. */
export interface RunningOperation
  extends Pick<GraphQLResolveInfo, 'fragments' | 'operation' | 'rootValue' | 'variableValues'> {
  readonly schema: GraphQLSchema;
  readonly context: unknown;
}

/**
 * A resolver's last argument. One is made for every call, so it holds three references and works out the rest when it
 * is read: the path most of all, which nothing else needs. Read its members by name: they are getters, which a spread
 * does not copy.
 */
export class ResolveInfo implements GraphQLResolveInfo {
  readonly #running: RunningOperation;
  readonly #column: Column;
  readonly #row: number;

  constructor(running: RunningOperation, column: Column, row: number) {
    this.#running = running;
    this.#column = column;
    this.#row = row;
  }

  get fieldName(): string {
    return this.#column.field.name;
  }
  get fieldNodes(): GraphQLResolveInfo['fieldNodes'] {
    return this.#column.field.nodes;
  }
  get returnType(): GraphQLResolveInfo['returnType'] {
    return this.#column.field.def.type;
  }
  get parentType(): GraphQLResolveInfo['parentType'] {
    return this.#column.field.parent;
  }
  get path(): Path {
    return pathOf(this.#column, this.#row);
  }
  get schema(): GraphQLSchema {
    return this.#running.schema;
  }
  get fragments(): GraphQLResolveInfo['fragments'] {
    return this.#running.fragments;
  }
  get rootValue(): unknown {
    return this.#running.rootValue;
  }
  get operation(): GraphQLResolveInfo['operation'] {
    return this.#running.operation;
  }
  get variableValues(): GraphQLResolveInfo['variableValues'] {
    return this.#running.variableValues;
  }
}

function pathOf({ field, level }: Column, row: number): Path {
  return { prev: pathOfRow(level, row), key: field.key, typename: field.parent.name };
}

function pathOfRow(level: Level, row: number): Path | undefined {
  const column = level.parent;
  if (!column) return undefined;
  const entry = column.levels.findIndex((one, i) => one === level && column.places[i] === row);
  if (!column.field.type.item) return pathOf(column, entry);
  const owner = column.starts.findLastIndex((start) => start <= entry);
  const rest = { entries: entry - (column.starts[owner] as number) };
  return pathInList(column.field.type.item, column.values[owner], pathOf(column, owner), rest);
}

/** The path of the member of a list, or of the lists in it, that comes after `rest.entries` others. */
function pathInList(type: TypePlan, list: unknown, prev: Path, rest: { entries: number }): Path | undefined {
  if (!Array.isArray(list)) return undefined;
  for (const [key, member] of list.entries()) {
    if (isNothing(member)) continue;
    const path: Path = { prev, key, typename: undefined };
    const found = type.item
      ? pathInList(type.item, member, path, rest)
      : rest.entries-- === 0
        ? path
        : undefined;
    if (found) return found;
  }
  return undefined;
}
