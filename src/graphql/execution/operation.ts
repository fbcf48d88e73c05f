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
import { type PlainVariables, plainVariables } from './plain-variables.ts';
import { type ObjectPlan, planObject, planSerially } from './plan.ts';

/** One operation of a document, with its plans. */
export interface OperationPlan {
  readonly operation: OperationDefinitionNode;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  readonly plainVariables: PlainVariables;
  /** The fields that it may select, as `Type.field`. */
  readonly selectedFields: ReadonlySet<string>;
  /**
   * What is asked of the root, in the parts that are answered one after the other; null where an @skip or @include
   * has a variable that is neither true nor false.
   */
  rootPlans(variables: Readonly<Record<string, unknown>>): readonly ObjectPlan[] | null;
}

/** A document with many switches is asked with few of their combinations. */
const VARIANTS_MAX = 32;

/** The plan of a document's operation; null: there is no such operation, or none that is executed here. */
export function planOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | null,
  isAvoided: (field: string) => boolean,
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
  if (!root || asksFor(document, isAvoided)) return null;
  return {
    operation,
    fragments,
    plainVariables: plainVariables(schema, operation),
    selectedFields: fieldsOf(schema, document),
    rootPlans: variants(schema, document, operation, fragments, root),
  };
}

function variants(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  fragments: OperationPlan['fragments'],
  root: GraphQLObjectType,
): OperationPlan['rootPlans'] {
  const names = switchesOf(document);
  const known = new Map<string, readonly ObjectPlan[]>();
  return (variables) => {
    const switches: Record<string, boolean> = {};
    for (const name of names) {
      const value = variables[name];
      if (typeof value !== 'boolean') return null;
      switches[name] = value;
    }
    const key = names.map((name) => Number(switches[name])).join('');
    let plans = known.get(key);
    if (!plans) {
      const selecting = { schema, fragments, switches };
      plans =
        operation.operation === OperationTypeNode.MUTATION
          ? planSerially(selecting, root, operation.selectionSet)
          : [planObject(selecting, root, [operation.selectionSet], 0)];
      if (known.size === VARIANTS_MAX) known.clear();
      known.set(key, plans);
    }
    return plans;
  };
}

/** Every field that stands in a document, by the objects that it may be asked of. */
function fieldsOf(schema: GraphQLSchema, document: DocumentNode): Set<string> {
  const fields = new Set<string>();
  const types = new TypeInfo(schema);
  visit(
    document,
    visitWithTypeInfo(types, {
      Field: ({ name }) => {
        const parent = types.getParentType();
        const objects = isAbstractType(parent) ? schema.getPossibleTypes(parent) : [parent];
        for (const object of objects) fields.add(`${object?.name}.${name.value}`);
      },
    }),
  );
  return fields;
}

function asksFor(document: DocumentNode, isAvoided: (field: string) => boolean): boolean {
  let isFound = false;
  visit(document, {
    Field: ({ name }) => {
      isFound ||= isAvoided(name.value);
    },
  });
  return isFound;
}

/** The variables on which it depends whether something is asked at all. */
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
