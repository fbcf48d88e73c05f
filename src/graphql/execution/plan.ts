import {
  type FieldNode,
  type GraphQLAbstractType,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  getArgumentValues,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type SelectionSetNode,
  TypeNameMetaFieldDef,
  visit,
} from 'graphql';
import { collectFields, type Selecting } from './collect-fields.ts';

/** A field's type, taken apart once. Exactly one of `item`, `leaf`, `object` and `abstract` is set. */
export interface TypePlan {
  readonly isNonNull: boolean;
  readonly item: TypePlan | null;
  readonly leaf: GraphQLLeafType | null;
  readonly object: GraphQLObjectType | null;
  readonly abstract: GraphQLAbstractType | null;
}

/** One field in one place of a document. */
export interface FieldPlan {
  /** Its name in the answer. */
  readonly key: string;
  readonly name: string;
  /** The selections that are merged into it; the arguments of the first are those of all. */
  readonly nodes: readonly [FieldNode, ...FieldNode[]];
  readonly parent: GraphQLObjectType;
  readonly def: GraphQLField<unknown, unknown>;
  readonly type: TypePlan;
  /** The type inside all lists. */
  readonly named: TypePlan;
  /** Null: the field reads the property of its name. */
  readonly resolve: GraphQLFieldResolver<unknown, unknown> | null;
  /** Its arguments if they contain no variable; null: they are worked out once a request. */
  readonly args: Readonly<Record<string, unknown>> | null;
  /** The selection below it for objects of one type; planned when the first of them appears. */
  planOf(type: GraphQLObjectType): ObjectPlan;
}

/** What is selected from the objects of one type in one place of a document. */
export interface ObjectPlan {
  readonly type: GraphQLObjectType;
  readonly fields: readonly FieldPlan[];
  /** The length of the path that leads to the objects. */
  readonly depth: number;
  /** The approximate bytes that the names of the fields take in the answer of each object. */
  readonly nameBytes: number;
}

/** The approximate memory of a plan, measured with `--expose-gc`. */
const OBJECT_PLAN_BYTES = 300;
const FIELD_PLAN_BYTES = 1000;
/** Quotes, colon and comma. */
const NAME_PUNCTUATION = 4;

/** Plans what selection sets select from objects of a type. */
export function planObject(
  selecting: Selecting,
  type: GraphQLObjectType,
  sets: readonly SelectionSetNode[],
  depth: number,
): ObjectPlan {
  const fields = [...collectFields(selecting, type, sets)].flatMap(
    ([key, nodes]) => planField(selecting, type, key, nodes, depth) ?? [],
  );
  const nameBytes = fields.reduce((sum, { key }) => sum + key.length + NAME_PUNCTUATION, 0);
  selecting.onPlanned(OBJECT_PLAN_BYTES + fields.length * FIELD_PLAN_BYTES);
  return { type, fields, depth, nameBytes };
}

/** Null: the type has no such field. */
function planField(
  selecting: Selecting,
  parent: GraphQLObjectType,
  key: string,
  nodes: FieldPlan['nodes'],
  depth: number,
): FieldPlan | null {
  const name = nodes[0].name.value;
  const def = name === '__typename' ? TypeNameMetaFieldDef : parent.getFields()[name];
  if (!def) return null;
  const type = typePlanOf(def.type);
  let plans: Map<GraphQLObjectType, ObjectPlan> | null = null; // leaves need none
  return {
    ...{ key, name, nodes, parent, def, type },
    named: innermost(type),
    resolve: name === '__typename' ? () => parent.name : (def.resolve ?? null),
    args: constantArguments(def, nodes[0]),
    planOf: (objectType) => {
      plans ??= new Map();
      let plan = plans.get(objectType);
      if (!plan) {
        const sets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
        plan = planObject(selecting, objectType, sets, depth + 1 + listsOf(type));
        plans.set(objectType, plan);
      }
      return plan;
    },
  };
}

/** By type: a schema has few, and documents have many fields. */
const typePlans = new WeakMap<GraphQLOutputType, TypePlan>();

function typePlanOf(type: GraphQLOutputType): TypePlan {
  const plan = typePlans.get(type) ?? planType(type);
  typePlans.set(type, plan);
  return plan;
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

/** Null: a variable stands in them, or they are wrong, which is an error of each request. */
function constantArguments(def: FieldPlan['def'], node: FieldNode): FieldPlan['args'] {
  let hasVariable = false;
  for (const argument of node.arguments ?? []) {
    visit(argument, {
      [Kind.VARIABLE]: () => {
        hasVariable = true;
      },
    });
  }
  try {
    return hasVariable ? null : getArgumentValues(def, node, {});
  } catch {
    return null;
  }
}
