import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';
import { GraphQLDateTimeISO, GraphQLJSON } from 'graphql-scalars';
import type { Resolvers } from '../generated/graphql.ts';
import { TIME_MAX, TIME_MIN } from '../graphql/connections/cursor.ts';
import { isoTime } from '../text/iso-time.ts';
import { isOverlong } from '../text/text-rules.ts';
import { URL_CHARS_MAX } from '../text/url-rule.ts';

/** Inputs are validated. Outputs are our own URLs. */
const URI = new GraphQLScalarType<string, string>({
  name: 'URI',
  serialize: (value) => String(value),
  parseValue: (value) => readUri(value),
  parseLiteral: (node) => readUri(node.kind === Kind.STRING ? node.value : null),
});

function readUri(value: unknown): string {
  if (typeof value === 'string' && !isOverlong(value, URL_CHARS_MAX) && URL.canParse(value)) return value;
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

/** Rows hold times as milliseconds, which are formatted without the validation that inputs need. */
const DateTime = new GraphQLScalarType<Date, string>({
  name: 'DateTime',
  serialize: (value) => isoTime(Number(value)),
  parseValue: (value) => bounded(GraphQLDateTimeISO.parseValue(value)),
  parseLiteral: (node, variables) => bounded(GraphQLDateTimeISO.parseLiteral(node, variables)),
});

/** PostgreSQL has no year 0, and RFC 3339 has no years of five digits. A time zone offset can lead to both. */
function bounded(instant: Date): Date {
  if (instant.getTime() >= TIME_MIN && instant.getTime() <= TIME_MAX) return instant;
  throw new GraphQLError('DateTime must be in the years 0001 to 9999, in UTC.');
}

/** What a value of each scalar must be, for messages that do not repeat the value. */
export const SCALAR_FORMS: Readonly<Record<string, string>> = {
  String: 'text',
  ID: 'text or a whole number',
  Int: 'a whole number of at most 32 bits',
  Float: 'a number',
  Boolean: 'true or false',
  DateTime: 'a time such as "2026-01-31T12:00:00Z", in the years 0001 to 9999',
  URI: 'an absolute URL such as "https://example.com/products/one"',
  HTML: 'omitted: bodies are written in Markdown',
  JSON: 'a JSON value',
};

export const scalars: Resolvers = { DateTime, URI, HTML, JSON: GraphQLJSON };
