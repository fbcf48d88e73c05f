// Descriptions that only introspection shows: the playground and other tools can't see what directives or tables say.
import { type GraphQLObjectType, type GraphQLSchema, isObjectType, isScalarType } from 'graphql';
import { listPrices, priceOf, UNITS_A_POINT } from './limits/field-prices.ts';
import { limitedTypes, rateLimitsOf } from './limits/rate-limits.ts';

/**
 * Adds to the descriptions of fields their rate limits and, if they cost more than their kind, their prices, and gives
 * scalars the descriptions that the SDL has of them. Changes the schema itself, and returns it.
 */
export function describeLimits(schema: GraphQLSchema): GraphQLSchema {
  const prose = (paragraphs: readonly (string | null | undefined)[]) =>
    paragraphs.filter((text) => text).join('\n\n');
  for (const type of Object.values(schema.getTypeMap())) {
    if (isScalarType(type)) type.description = type.astNode?.description?.value ?? type.description;
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields()))
      field.description = prose([
        field.description,
        rateOf(schema, type, field.name),
        priceText(schema, type, field.name),
      ]);
  }
  return schema;
}

function rateOf(schema: GraphQLSchema, type: GraphQLObjectType, field: string): string | null {
  const allowance = limitedTypes(schema).includes(type) ? rateLimitsOf(schema, type).get(field) : undefined;
  return allowance ? `Rate limit: ${allowance.points} in ${allowance.perSeconds} seconds.` : null;
}

function priceText(schema: GraphQLSchema, type: GraphQLObjectType, field: string): string | null {
  const root = schema.getMutationType() === type ? 'mutation' : 'query';
  const isRoot = root === 'mutation' || schema.getQueryType() === type;
  const { units, perCharacter } = priceOf(type.name, field, isRoot ? root : null);
  const prices = [
    ...(units === null ? [] : [`${inPoints(units)}${perCharacter ? ', and more for long inputs' : ''}`]),
    ...listPrices(type.name, field).map(([name, more]) => `${inPoints(more)} for \`${name}\``),
  ];
  return prices.length === 0 ? null : `Price: ${prices.join(', ')}. See \`QueryLimits.pointsPerMinute\`.`;
}

function inPoints(units: number): string {
  const points = units / UNITS_A_POINT;
  return `${points} ${points === 1 ? 'point' : 'points'}`;
}
