// Where in the arguments of a document a value stands: `extensions.field`, such as `input.password`.
import {
  type ASTNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  visit,
} from 'graphql';

/**
 * The path of a value from its argument, or from the variable whose default it is. `keys`: those of graphql-js from the
 * document to it.
 */
export function argumentPathOf(document: ASTNode, keys: readonly (string | number)[]): string {
  const names: string[] = [];
  let at: unknown = document;
  let holder: ASTNode = document;
  for (const key of keys) {
    if (isNode(at)) holder = at;
    at = (at as Readonly<Record<string | number, unknown>>)[key];
    if (typeof key === 'number' && holder.kind === Kind.LIST) names.push(String(key));
    if (!isNode(at)) continue;
    if (at.kind === Kind.ARGUMENT || at.kind === Kind.OBJECT_FIELD) names.push(at.name.value);
    if (at.kind === Kind.VARIABLE_DEFINITION) names.push(at.variable.name.value);
  }
  return names.join('.');
}

function isNode(value: unknown): value is ASTNode {
  return typeof value === 'object' && value !== null && 'kind' in value;
}

/**
 * The path of the first argument that each variable is sent for: front ends know their fields by it, and not by what
 * their operation calls the variable. A variable without a place has its own name.
 */
export function pathsOfVariables(
  document: DocumentNode,
  operation: OperationDefinitionNode,
): ReadonlyMap<string, string> {
  const paths = new Map<string, string>();
  // the fragments that it spreads: another one may have variables of the same names
  const parts = new Set<OperationDefinitionNode | FragmentDefinitionNode>([operation]);
  for (const part of parts)
    visit(part, {
      VariableDefinition: () => false,
      FragmentSpread: ({ name }) => {
        for (const one of document.definitions)
          if (one.kind === Kind.FRAGMENT_DEFINITION && one.name.value === name.value) parts.add(one);
      },
      Variable: ({ name }, _key, _parent, keys) => {
        if (!paths.has(name.value)) paths.set(name.value, argumentPathOf(part, keys) || name.value);
      },
    });
  return paths;
}
