// What introspection costs. An operation may read the schema about once, however it is written.
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  getIntrospectionQuery,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  type OperationDefinitionNode,
  parse,
  type SelectionSetNode,
} from 'graphql';
import type { Fragments } from './query-shape.ts';

/** Tools select a little more or less than graphql-js's own query. */
const SHARE_MAX = 1.5;

/** By list of the introspection types, the approximate number of its members. */
type SizeOf = ReadonlyMap<string, number>;

interface Sizes {
  /** Below `__schema`, which lists all types: the means. */
  readonly mean: SizeOf;
  /** Below `__type`, whose client chooses the type: the maxima. */
  readonly most: SizeOf;
}

const maxima = new WeakMap<GraphQLSchema, number>();
const sizes = new WeakMap<GraphQLSchema, Sizes>();

/** The approximate number of values that an operation reads of the schema. */
export function introspectedValues(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  fragments: Fragments,
): number {
  const known = sizes.get(schema) ?? sizesOf(schema);
  sizes.set(schema, known);
  const ofSet = (set: SelectionSetNode | undefined, parents: number, sizeOf: SizeOf): number => {
    let values = 0;
    for (const selection of set?.selections ?? []) {
      if (selection.kind === 'Field') values += ofField(selection, parents, sizeOf);
      else if (selection.kind === 'InlineFragment') values += ofSet(selection.selectionSet, parents, sizeOf);
      else values += ofSet(fragments.get(selection.name.value)?.selectionSet, parents, sizeOf);
    }
    return values;
  };
  const ofField = ({ name, selectionSet }: FieldNode, parents: number, sizeOf: SizeOf): number => {
    const members = parents * (sizeOf.get(name.value) ?? 1);
    return members + ofSet(selectionSet, members, sizeOf);
  };
  const ofRoot = (root: FieldNode) =>
    ofField(root, 1, root.name.value === '__type' ? known.most : known.mean);
  return rootsOf(operation.selectionSet, fragments).reduce((sum, root) => sum + ofRoot(root), 0);
}

/** The maximum of `introspectedValues`: one and a half times the full introspection query. */
export function introspectedValuesMax(schema: GraphQLSchema): number {
  const max = maxima.get(schema) ?? readMax(schema);
  maxima.set(schema, max);
  return max;
}

function readMax(schema: GraphQLSchema): number {
  const all = {
    ...{ specifiedByUrl: true, directiveIsRepeatable: true, schemaDescription: true },
    ...{ inputValueDeprecation: true, oneOf: true },
  };
  const [operation, ...fragments] = parse(getIntrospectionQuery(all)).definitions as [
    OperationDefinitionNode,
    ...FragmentDefinitionNode[],
  ];
  const byName = new Map(fragments.map((fragment) => [fragment.name.value, fragment]));
  return Math.ceil(SHARE_MAX * introspectedValues(schema, operation, byName));
}

/** Whether a document mentions the schema at all, which most do not. */
export function mayIntrospect({ loc }: DocumentNode): boolean {
  return loc === undefined || /__(?:schema|type)\b/.test(loc.source.body);
}

/** `__schema` and `__type` are fields of the root. */
function rootsOf(set: SelectionSetNode, fragments: Fragments): FieldNode[] {
  return set.selections.flatMap((selection) => {
    if (selection.kind === 'Field')
      return selection.name.value === '__schema' || selection.name.value === '__type' ? [selection] : [];
    const inner = selection.kind === 'InlineFragment' ? selection : fragments.get(selection.name.value);
    return inner ? rootsOf(inner.selectionSet, fragments) : [];
  });
}

function sizesOf(schema: GraphQLSchema): Sizes {
  const types = Object.values(schema.getTypeMap());
  const fields = types.flatMap((type) =>
    isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : [],
  );
  const counts: Readonly<Record<string, readonly number[]>> = {
    fields: types.map((type) => (isObjectType(type) || isInterfaceType(type) ? size(type.getFields()) : 0)),
    interfaces: types.map((type) =>
      isObjectType(type) || isInterfaceType(type) ? type.getInterfaces().length : 0,
    ),
    inputFields: types.map((type) => (isInputObjectType(type) ? size(type.getFields()) : 0)),
    enumValues: types.map((type) => (isEnumType(type) ? type.getValues().length : 0)),
    possibleTypes: types.map((type) => (isAbstractType(type) ? schema.getPossibleTypes(type).length : 0)),
    args: fields.map(({ args }) => args.length),
  };
  const all: [string, number][] = [
    ['types', types.length],
    ['directives', schema.getDirectives().length],
  ];
  const by = (reduced: (members: readonly number[]) => number): SizeOf =>
    new Map([...all, ...Object.entries(counts).map(([name, members]) => [name, reduced(members)] as const)]);
  return {
    mean: by((members) => members.reduce((sum, count) => sum + count, 0) / Math.max(1, members.length)),
    most: by((members) => Math.max(0, ...members)),
  };
}

const size = (members: object) => Object.keys(members).length;
