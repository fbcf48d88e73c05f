import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  isAbstractType,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import type { Selecting } from './collect-fields.ts';
import { type ObjectPlan, planObject } from './plan.ts';

/** One operation of a document, with its plans. */
export interface OperationPlan {
  readonly operation: OperationDefinitionNode;
  /** Every field that it may select, as `Type.field`. */
  readonly selectedFields: ReadonlySet<string>;
  /**
   * What is selected from the root, in the parts that run one after the other; null if the variable of an @skip or
   * @include is neither true nor false.
   */
  rootPlans(variables: Readonly<Record<string, unknown>>): readonly ObjectPlan[] | null;
}

/** A document with many @skip and @include is asked with few of their combinations. */
const VARIANTS_MAX = 32;
/** The approximate memory of a name in `selectedFields`. */
const SELECTED_FIELD_BYTES = 100;

interface Rooted extends Pick<Selecting, 'schema' | 'onPlanned'> {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly fragments: Selecting['fragments'];
  readonly root: GraphQLObjectType;
}

/** The plan of a document's operation; null: there is no such operation, or graphql-js has to execute it. */
export function planOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | null,
  onPlanned: (bytes: number) => void,
): OperationPlan | null {
  const fragments: Record<string, FragmentDefinitionNode> = Object.create(null);
  const operations: OperationDefinitionNode[] = [];
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments[definition.name.value] = definition;
    else if (definition.kind === Kind.OPERATION_DEFINITION) operations.push(definition);
  }
  const named = operations.filter(({ name }) => operationName === null || name?.value === operationName);
  const [operation] = named;
  if (!operation || named.length > 1 || operation.operation === OperationTypeNode.SUBSCRIPTION) return null;
  const root = schema.getRootType(operation.operation);
  const fields = fieldsOf(schema, document);
  if (!root || fields.isIntrospection) return null;
  onPlanned(fields.selected.size * SELECTED_FIELD_BYTES);
  return {
    operation,
    selectedFields: fields.selected,
    rootPlans: rootPlans({ schema, document, operation, fragments, root, onPlanned }),
  };
}

/** The plans of an operation's root, made once for each combination of what @skip and @include say. */
function rootPlans(rooted: Rooted): OperationPlan['rootPlans'] {
  const { schema, document, operation, fragments, root, onPlanned } = rooted;
  let bytes = 0;
  const count = (more: number) => {
    bytes += more;
    onPlanned(more);
  };
  const names = switchesOf(document);
  const variants = new Map<string, readonly ObjectPlan[]>();
  return (variables) => {
    const switches: Record<string, boolean> = Object.create(null);
    for (const name of names) {
      const value = Object.hasOwn(variables, name) ? variables[name] : undefined;
      if (typeof value !== 'boolean') return null;
      switches[name] = value;
    }
    const key = names.map((name) => Number(switches[name])).join('');
    let plans = variants.get(key);
    if (!plans) {
      if (variants.size === VARIANTS_MAX) {
        variants.clear();
        onPlanned(-bytes);
        bytes = 0;
      }
      const selecting = { schema, fragments, switches, onPlanned: count };
      const plan = planObject(selecting, root, [operation.selectionSet], 0);
      plans =
        operation.operation === OperationTypeNode.MUTATION
          ? plan.fields.map((field) => ({ ...plan, fields: [field] }))
          : [plan];
      variants.set(key, plans);
    }
    return plans;
  };
}

/** What a document selects; see OperationPlan.selectedFields. */
function fieldsOf(schema: GraphQLSchema, document: DocumentNode) {
  const selected = new Set<string>();
  let isIntrospection = false;
  const types = new TypeInfo(schema);
  visit(
    document,
    visitWithTypeInfo(types, {
      Field: ({ name }) => {
        isIntrospection ||= name.value === '__schema' || name.value === '__type';
        const parent = types.getParentType();
        const objects = isAbstractType(parent) ? schema.getPossibleTypes(parent) : [parent];
        for (const object of objects) selected.add(`${object?.name}.${name.value}`);
      },
    }),
  );
  return { selected, isIntrospection };
}

/** The variables in @skip and @include. */
function switchesOf(document: DocumentNode): string[] {
  const names = new Set<string>();
  visit(document, {
    Directive: ({ name, arguments: given }) => {
      if (name.value !== 'skip' && name.value !== 'include') return;
      for (const { value } of given ?? []) if (value.kind === Kind.VARIABLE) names.add(value.name.value);
    },
  });
  return [...names];
}
