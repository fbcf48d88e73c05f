import type { Scene } from './scene.ts';

/** A mutation, and what its payload promises to a client's cache. */
export interface PayloadCase {
  readonly mutation: string;
  /** What sets this case apart from the others of the mutation. */
  readonly when?: string;
  /** Who of the cast sends it; `owner`: with the account's session. */
  readonly by: string;
  /** What happens before the client fills its cache. */
  readonly before?: (scene: Scene) => Promise<unknown>;
  input(scene: Scene): object | Promise<object>;
  /** The edge in the payload, and the connection in which it stands, in its default order. */
  readonly edge?: readonly [field: string, connection: (scene: Scene) => string, path: readonly string[]];
  /** `Type.field` that no payload can hold, because it changes for any number of objects. The SDL says so. */
  readonly refetched?: readonly string[];
  /** The viewer becomes somebody else, and clients drop their cache. */
  readonly changesViewer?: true;
}

/** The page of a connection that holds all of a scene. */
export const EDGES = '(first: 100) { edges { cursor node { id } } }';
/** A root field's connection, for `edge`. */
export const allOf = (field: string) => [() => `{ ${field}${EDGES} }`, [field]] as const;
/** The same of a connection of the viewer's own. */
export const allOfViewer = (field: string) =>
  [() => `{ viewer { ${field}${EDGES} } }`, ['viewer', field]] as const;
