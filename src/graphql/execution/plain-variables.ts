import {
  type GraphQLInputType,
  type GraphQLSchema,
  isNonNullType,
  type OperationDefinitionNode,
  typeFromAST,
} from 'graphql';
import { NOT_PLAIN, plainValue } from './plain-values.ts';

type Values = Readonly<Record<string, unknown>>;

/** Variables as they are executed with; null: it takes graphql-js to say what they are, or what is wrong with them. */
export type PlainVariables = (given: Values) => Record<string, unknown> | null;

/** For an operation's variables as front ends send them: whole, and each in the form of its type. */
export function plainVariables(
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
): PlainVariables {
  const taken = variableDefinitions.map(({ variable, type, defaultValue }) => {
    const full = typeFromAST(schema, type as Parameters<typeof typeFromAST>[1]) as GraphQLInputType;
    return {
      name: variable.name.value,
      plain: plainValue(full),
      mayBeMissing: !isNonNullType(full) && defaultValue === undefined,
    };
  });
  return (given) => {
    const values: Record<string, unknown> = Object.create(null);
    for (const { name, plain, mayBeMissing } of taken) {
      if (Object.hasOwn(given, name)) {
        const value = plain(given[name]);
        if (value === NOT_PLAIN) return null;
        values[name] = value;
      } else if (!mayBeMissing) return null;
    }
    return values;
  };
}
