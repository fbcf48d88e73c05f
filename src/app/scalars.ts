import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';
import { GraphQLDateTimeISO } from 'graphql-scalars';
import type { Resolvers } from '../generated/graphql.ts';
import { isoTime } from '../kit/iso-time.ts';

/** Answers are our own addresses: checked where they come in, passed through where they go out. */
const URI = new GraphQLScalarType<string, string>({
  name: 'URI',
  serialize: (value) => String(value),
  parseValue: (value) => readUri(value),
  parseLiteral: (node) => readUri(node.kind === Kind.STRING ? node.value : null),
});

function readUri(value: unknown): string {
  if (typeof value === 'string' && URL.canParse(value)) return value;
  throw new GraphQLError('URI must be an absolute URL, such as "https://example.com/products/one".');
}

const HTML = new GraphQLScalarType<never, string>({
  name: 'HTML',
  serialize: (value) => String(value),
  parseValue: refuseHtml,
  parseLiteral: refuseHtml,
});

function refuseHtml(): never {
  throw new GraphQLError('HTML cannot be sent: bodies are written in Markdown.');
}

/** Rows hold times as milliseconds: written straight, without a detour through checks that are meant for input. */
const DateTime = new GraphQLScalarType<Date, string>({
  name: 'DateTime',
  serialize: (value) => isoTime(Number(value)),
  parseValue: (value) => GraphQLDateTimeISO.parseValue(value),
  parseLiteral: (node, variables) => GraphQLDateTimeISO.parseLiteral(node, variables),
});

export const scalars: Resolvers = { DateTime, URI, HTML };
