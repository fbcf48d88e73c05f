// What is wrong with the values that are written in a document, in our words: the messages of graphql-js repeat them.
import {
  type ASTNode,
  type DocumentNode,
  type GraphQLError,
  type GraphQLSchema,
  Kind,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { argumentPathOf } from './argument-paths.ts';
import { requirementOf } from './input-errors.ts';

const VALUES: readonly string[] = [
  ...[Kind.STRING, Kind.INT, Kind.FLOAT, Kind.BOOLEAN, Kind.ENUM, Kind.NULL, Kind.LIST, Kind.OBJECT],
  ...[Kind.OBJECT_FIELD, Kind.ARGUMENT],
];

/** Messages that name parts of the schema and of the document, and no value. */
const NAMES_A_MEMBER =
  /^(?:Field "(?:\w+\.(\w+)" of required type|\w+" is not defined)|Unknown argument|OneOf)/;
const MISSING_ARGUMENT = / argument "(\w+)" of type .* is required/;

/**
 * Gives the errors of a document's validation the path of the argument or input member at fault, as those of variables
 * have it, and messages without values. One pass over the document, however many errors it has.
 */
export function explainLiterals(
  schema: GraphQLSchema,
  document: DocumentNode,
  errors: readonly GraphQLError[],
): void {
  const byNode = new Map<ASTNode, GraphQLError[]>();
  for (const error of errors) {
    const [, missing] = MISSING_ARGUMENT.exec(error.message) ?? [];
    if (missing !== undefined) error.extensions['field'] = missing;
    const [node] = error.nodes ?? [];
    if (node && VALUES.includes(node.kind)) byNode.set(node, [...(byNode.get(node) ?? []), error]);
  }
  if (byNode.size === 0) return;
  const types = new TypeInfo(schema);
  const visitor = {
    enter(node: ASTNode, _key: unknown, _parent: unknown, keys: readonly (string | number)[]) {
      for (const error of byNode.get(node) ?? []) {
        const path = argumentPathOf(document, keys);
        const [isNamed, member] = NAMES_A_MEMBER.exec(error.message) ?? [];
        error.extensions['field'] = member === undefined ? path : `${path}.${member}`;
        const type = types.getInputType();
        if (isNamed === undefined && type) error.message = requirementOf(path, type, node.kind === Kind.NULL);
      }
    },
  };
  visit(document, visitWithTypeInfo(types, visitor));
}
