import {
  type GraphQLArgument,
  type GraphQLInputType,
  type GraphQLNamedOutputType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isEnumType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';

/** A document that was made up, and what its variables may be. */
export interface MadeUp {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

const SWITCHES = { on: true, off: false };

/**
 * Makes up a query over any schema from a list of numbers, so that the same numbers make the same query and smaller
 * ones a simpler query: aliases, the same field twice, fragments with and without a type, @skip and @include by literal
 * and by variable, arguments by literal, variable and default. `texts` are what ids and strings are taken from.
 */
export function makeUpQuery(
  schema: GraphQLSchema,
  numbers: readonly number[],
  texts: readonly string[],
): MadeUp {
  let at = 0;
  const choose = (below: number) => (numbers[at++ % numbers.length] ?? 0) % below;
  const fragments: string[] = [];
  const variables: Record<string, unknown> = { ...SWITCHES };
  const declared = ['$on: Boolean!', '$off: Boolean! = false'];

  const literal = (type: GraphQLInputType): string => {
    if (isNonNullType(type)) return literal(type.ofType);
    if (isListType(type)) return `[${literal(type.ofType)}]`;
    if (isEnumType(type)) return type.getValues()[choose(type.getValues().length)]?.name ?? 'null';
    const name = getNamedType(type).name;
    if (name === 'Int') return String(choose(4));
    if (name === 'Boolean') return choose(2) === 0 ? 'true' : 'false';
    if (name === 'ID' || name === 'String') return JSON.stringify(texts[choose(texts.length)]);
    return 'null';
  };
  const argument = (arg: GraphQLArgument): string[] => {
    const isRequired = isNonNullType(arg.type) && arg.defaultValue === undefined;
    if (!isRequired && choose(3) > 0) return [];
    if (choose(3) > 0) return [`${arg.name}: ${literal(arg.type)}`];
    const name = `v${declared.length}`;
    const value = literal(arg.type);
    if (choose(2) === 0 && value !== 'null') declared.push(`$${name}: ${arg.type} = ${value}`);
    else if (isLeafType(getNamedType(arg.type)) && !isEnumType(getNamedType(arg.type)) && value !== 'null') {
      declared.push(`$${name}: ${arg.type}`);
      variables[name] = JSON.parse(value);
    } else return isRequired ? [`${arg.name}: ${value}`] : [];
    return [`${arg.name}: $${name}`];
  };
  const directive = (): string =>
    ['', '', '', '', '', ' @include(if: $on)', ' @include(if: $off)', ' @skip(if: $off)', ' @skip(if: true)'][
      choose(9)
    ] ?? '';
  const fieldOf = (type: GraphQLNamedOutputType, depth: number): string => {
    const fields = 'getFields' in type ? Object.values(type.getFields()) : [];
    const open = fields.filter((field) => depth > 0 || isLeafType(getNamedType(field.type)));
    const field = open[choose(open.length + 1)];
    if (!field) return `__typename${directive()}`;
    const args = field.args.flatMap(argument);
    const alias = args.length > 0 || choose(5) === 0 ? `a${at}: ` : '';
    const named = getNamedType(field.type) as GraphQLNamedOutputType;
    const below = isLeafType(named) ? '' : ` ${selection(named, depth - 1)}`;
    return `${alias}${field.name}${args.length > 0 ? `(${args.join(', ')})` : ''}${directive()}${below}`;
  };
  const part = (type: GraphQLNamedOutputType, depth: number): string => {
    const kind = depth > 0 ? choose(8) : 7;
    if (kind > 1 && !(isAbstractType(type) && kind < 5)) return fieldOf(type, depth);
    const possible = isAbstractType(type) ? schema.getPossibleTypes(type) : isObjectType(type) ? [type] : [];
    const on = possible[choose(possible.length)];
    if (!on) return '__typename';
    if (kind === 1) return `... ${directive()} ${selection(type, depth - 1)}`;
    if (choose(2) === 0) return `... on ${on.name}${directive()} ${selection(on, depth - 1)}`;
    const name = `F${fragments.length}`;
    fragments.push('');
    fragments[Number(name.slice(1))] = `fragment ${name} on ${on.name} ${selection(on, depth - 1)}`;
    return `...${name}${directive()}`;
  };
  const selection = (type: GraphQLNamedOutputType, depth: number): string => {
    const parts = Array.from({ length: 1 + choose(4) }, () => part(type, depth));
    return `{ ${parts.join(' ')} }`;
  };

  const root = selection(schema.getQueryType() as GraphQLNamedOutputType, 4);
  return { query: `query (${declared.join(', ')}) ${root} ${fragments.join(' ')}`, variables };
}
