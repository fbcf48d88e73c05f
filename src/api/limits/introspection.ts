// What introspection costs. An operation may read the schema about once, however it is written.
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  getIntrospectionQuery,
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
type Sizes = ReadonlyMap<string, number>;

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
  const ofSet = (set: SelectionSetNode | undefined, parents: number): number => {
    let values = 0;
    for (const selection of set?.selections ?? []) {
      if (selection.kind === 'Field') values += ofField(selection, parents);
      else if (selection.kind === 'InlineFragment') values += ofSet(selection.selectionSet, parents);
      else values += ofSet(fragments.get(selection.name.value)?.selectionSet, parents);
    }
    return values;
  };
  const ofField = ({ name, selectionSet }: FieldNode, parents: number): number => {
    const members = parents * (known.get(name.value) ?? 1);
    return members + ofSet(selectionSet, members);
  };
  return rootsOf(operation.selectionSet, fragments).reduce((sum, field) => sum + ofField(field, 1), 0);
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
  const directives = schema.getDirectives();
  const counted = { fields: 0, args: 0, inputFields: 0, enumValues: 0, interfaces: 0 };
  for (const type of types) {
    if (isObjectType(type) || isInterfaceType(type)) {
      const fields = Object.values(type.getFields());
      counted.fields += fields.length;
      counted.interfaces += type.getInterfaces().length;
      for (const { args } of fields) counted.args += args.length;
    } else if (isInputObjectType(type)) counted.inputFields += Object.keys(type.getFields()).length;
    else if (isEnumType(type)) counted.enumValues += type.getValues().length;
  }
  const perType = (count: number) => count / types.length;
  return new Map([
    ['types', types.length],
    ['directives', directives.length],
    ['fields', perType(counted.fields)],
    ['inputFields', perType(counted.inputFields)],
    ['enumValues', perType(counted.enumValues)],
    ['interfaces', perType(counted.interfaces)],
    ['args', counted.args / Math.max(1, counted.fields)],
  ]);
}
