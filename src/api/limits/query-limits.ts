/** What one operation may ask for. The operator sets the first three; what stands below needs no setting. */
export interface QueryLimits {
  /** How deep selections nest. */
  readonly depthMax: number;
  /** How many objects the pages that are asked for could hold. */
  readonly nodesMax: number;
  /** How many fields are asked for under another name. */
  readonly aliasesMax: number;
}

/** Depth: replies of ten levels, each with its `nodes`, and what stands around them. Nodes: several full pages of pages. */
export const DEFAULT_QUERY_LIMITS: QueryLimits = { depthMax: 30, nodesMax: 50_000, aliasesMax: 50 };

/** The most lexical tokens that an operation may have: four times the introspection query, parsed in under 5 ms. */
export const QUERY_TOKENS_MAX = 2000;
/** Fields with all fragments written out: a fragment that spreads others twice doubles them with every level. */
export const QUERY_FIELDS_MAX = 2000;
/** Each is an entry point of its own; a page of a front end takes a handful. */
export const QUERY_ROOT_FIELDS_MAX = 50;
/** Enough for one `@include` on every part of a page; each costs an evaluation. */
export const QUERY_DIRECTIVES_MAX = 100;

/** How many nodes one point of the allowance pays for: a page of a front end costs about one. */
export const NODES_A_POINT = 100;
