import type { Context } from '../access/context.ts';
import type { Resolvers, ResolversParentTypes } from '../generated/graphql.ts';
import type { Table } from '../store/index.ts';
import { type NodeType, registerPrefix } from './global-id.ts';

/** How the objects of a type are named and found by `node`. */
interface Node<T extends NodeType> {
  /** The capital letter that their global ids begin with. Never reuse or change one: ids live in other people's data. */
  readonly prefix: string;
  /** Loads one by its row id. Null if there is none, or if the viewer may not see it. */
  readonly load: (ctx: Context, id: string) => Promise<ResolversParentTypes[T] | null>;
}

/** What a module brings. Everything that has to know of a module learns it from here. */
export interface Module {
  /** Its folder, and its .graphql file there. */
  readonly name: string;
  readonly resolvers: Resolvers;
  /** The types of its section that implement `Node`. */
  readonly nodes?: { readonly [T in NodeType]?: Node<T> };
  /** The tables that it writes; no other module writes them. Text indexes (`…_text`) are not in Prisma's models. */
  readonly tables: readonly (Table | `${string}_text`)[];
}

/** Declares a module. Global ids of its nodes can be made and read as soon as its index.ts is loaded. */
export function defineModule(module: Module): Module {
  for (const [type, node] of Object.entries(module.nodes ?? {}))
    registerPrefix(type as NodeType, node.prefix);
  return module;
}
