import {
  type FieldNode,
  type GraphQLAbstractType,
  type GraphQLField,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type SelectionSetNode,
  TypeNameMetaFieldDef,
} from 'graphql';
import { collectFields, type Selecting } from './collect-fields.ts';
import { type Complete, completeCode } from './complete-code.ts';
import { constantArguments, type PlainArguments, plainArguments } from './plain-arguments.ts';
import { type IsPlain, plainCode } from './plain-code.ts';
import { type Resolve, resolveCode } from './resolve-code.ts';

/** A field's type, taken apart once. Exactly one of `item`, `leaf`, `object` and `abstract` is there. */
export interface TypePlan {
  readonly isNonNull: boolean;
  readonly item: TypePlan | null;
  readonly leaf: GraphQLLeafType | null;
  readonly object: GraphQLObjectType | null;
  readonly abstract: GraphQLAbstractType | null;
}

/** One field of one place of a document. */
export interface FieldPlan {
  /** Its name in the answer. */
  readonly key: string;
  /** Its place among its object's fields. */
  readonly index: number;
  /** Those that are answered as one; the first has the arguments of all. */
  readonly nodes: readonly [FieldNode, ...FieldNode[]];
  readonly parent: GraphQLObjectType;
  readonly def: GraphQLField<unknown, unknown>;
  readonly type: TypePlan;
  /** The type inside all lists. */
  readonly named: TypePlan;
  /** Null: it reads the property of its name. */
  readonly resolve: GraphQLField<unknown, unknown>['resolve'] | null;
  /** The same for all rows of a level. */
  readonly resolveAll: Resolve;
  /** Its arguments, where no variable stands in them; null: they are worked out once a request. */
  readonly args: Readonly<Record<string, unknown>> | null;
  /** Its arguments where variables stand for whole ones; null, and where it answers null: graphql-js works them out. */
  readonly plainArgs: PlainArguments | null;
  /** What is asked of an object that it leads to; worked out when there is the first one. */
  planOf(type: GraphQLObjectType): ObjectPlan;
}

/** What is asked of the objects of one type in one place of a document. */
export interface ObjectPlan {
  readonly type: GraphQLObjectType;
  readonly fields: readonly FieldPlan[];
  /** Whether none of the objects holds a promise or function where a leaf is read: then leaves need no column. */
  readonly isPlain: IsPlain;
  readonly complete: Complete;
}

/** `depth`: the length of the path that leads to the object; see complete-code.ts. */
export function planObject(
  selecting: Selecting,
  type: GraphQLObjectType,
  sets: readonly SelectionSetNode[],
  depth: number,
): ObjectPlan {
  const fields: FieldPlan[] = [];
  for (const [key, nodes] of collectFields(selecting, type, sets)) {
    const field = planField(selecting, type, key, nodes, fields.length, depth);
    if (field) fields.push(field);
  }
  return objectPlan(type, fields, depth);
}

/** The same for a root whose fields are answered one after the other: a plan for each of them. */
export function planSerially(
  selecting: Selecting,
  type: GraphQLObjectType,
  set: SelectionSetNode,
): ObjectPlan[] {
  return [...collectFields(selecting, type, [set])].flatMap(([key, nodes]) => {
    const field = planField(selecting, type, key, nodes, 0, 0);
    return field ? [objectPlan(type, [field], 0)] : [];
  });
}

function objectPlan(type: GraphQLObjectType, fields: readonly FieldPlan[], depth: number): ObjectPlan {
  return { type, fields, isPlain: plainCode(fields), complete: completeCode(type, fields, depth) };
}

function planField(
  selecting: Selecting,
  parent: GraphQLObjectType,
  key: string,
  nodes: FieldPlan['nodes'],
  index: number,
  depth: number,
): FieldPlan | null {
  const [node] = nodes;
  const name = node.name.value;
  const def = name === '__typename' ? TypeNameMetaFieldDef : parent.getFields()[name];
  if (!def) return null;
  const type = planType(def.type);
  const named = innermost(type);
  const below = depth + 1 + listsOf(type);
  const plans = new Map<GraphQLObjectType, ObjectPlan>();
  const resolve = def.resolve ?? null;
  const args = constantArguments(def, node);
  return {
    key,
    index,
    nodes,
    parent,
    def,
    type,
    named,
    resolve,
    resolveAll: resolveCode(resolve, name),
    args,
    plainArgs: args ? null : plainArguments(def, node),
    planOf: (objectType) => {
      let plan = plans.get(objectType);
      if (!plan) {
        const sets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
        plan = planObject(selecting, objectType, sets, below);
        plans.set(objectType, plan);
      }
      return plan;
    },
  };
}

function planType(type: GraphQLOutputType): TypePlan {
  const isNonNull = isNonNullType(type);
  const inner = isNonNull ? type.ofType : type;
  return {
    isNonNull,
    item: isListType(inner) ? planType(inner.ofType) : null,
    leaf: isLeafType(inner) ? inner : null,
    object: isObjectType(inner) ? inner : null,
    abstract: isAbstractType(inner) ? inner : null,
  };
}

const innermost = (type: TypePlan): TypePlan => (type.item ? innermost(type.item) : type);
const listsOf = (type: TypePlan): number => (type.item ? 1 + listsOf(type.item) : 0);
