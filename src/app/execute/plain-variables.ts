import {
  GraphQLBoolean,
  GraphQLID,
  GraphQLInt,
  type GraphQLSchema,
  GraphQLString,
  isNonNullType,
  type OperationDefinitionNode,
  typeFromAST,
} from 'graphql';

type Values = Readonly<Record<string, unknown>>;

/** Variables as they are executed with; null: it takes graphql-js to say what they are, or what is wrong with them. */
export type PlainVariables = (given: Values) => Record<string, unknown> | null;

const isText = (value: unknown) => typeof value === 'string';
const IS_PLAIN = new Map<unknown, (value: unknown) => boolean>([
  [GraphQLID, isText],
  [GraphQLString, isText],
  [GraphQLBoolean, (value) => typeof value === 'boolean'],
  [GraphQLInt, (value) => typeof value === 'number' && (value | 0) === value],
]);

/** For an operation whose variables are texts, ids, numbers and switches, given as such: they are taken as they are. */
export function plainVariables(
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
): PlainVariables {
  const taken = variableDefinitions.map(({ variable, type, defaultValue }) => {
    const full = typeFromAST(schema, type as Parameters<typeof typeFromAST>[1]);
    const isRequired = isNonNullType(full);
    return {
      name: variable.name.value,
      isPlain: IS_PLAIN.get(isRequired ? full.ofType : full),
      mayBeNull: !isRequired,
      mayBeMissing: !isRequired && defaultValue === undefined,
    };
  });
  return (given) => {
    const values: Record<string, unknown> = Object.create(null);
    for (const { name, isPlain, mayBeNull, mayBeMissing } of taken) {
      if (!Object.hasOwn(given, name)) {
        if (!mayBeMissing) return null;
        continue;
      }
      const value = given[name];
      if (value === null ? !mayBeNull : !isPlain?.(value)) return null;
      values[name] = value;
    }
    return values;
  };
}
