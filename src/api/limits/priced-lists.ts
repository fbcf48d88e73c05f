// The lists of an operation and the prices of its fields, as far as they do not depend on variables.
import {
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import {
  argumentPrice,
  LIST_UNITS,
  OBJECT_UNITS,
  PARENT_UNITS,
  specialPrice,
  VALUE_UNITS,
} from './field-prices.ts';
import { type PageSize, pageSizeOf } from './page-size.ts';
import type { Fragments } from './query-shape.ts';

/** What is selected from the members of a list, or from the root. */
export interface Priced {
  /** The units of its fields, for each member. */
  readonly units: number;
  readonly lists: readonly PricedList[];
}

/** A selected list, and what is selected from its members. */
export interface PricedList {
  readonly size: PageSize;
  readonly members: Priced;
  /** Where an answer has its members: one place, `nodes` and `edges` of a connection, or none. */
  readonly places: readonly Place[];
}

interface Place {
  /** The keys from the object around the list. */
  readonly path: readonly string[];
  /** What is selected from the members there. */
  readonly members: Priced;
}

/** A connection whose fields are being read. */
interface ReadConnection {
  /** Its name in the price table, such as `Query.discussions`. */
  readonly name: string;
  /** Its `nodes` and `edges`. */
  readonly places: Place[];
}

type Selection = SelectionSetNode['selections'][number];

const NOTHING: Priced = { units: 0, lists: [] };

/**
 * The nested lists of an operation, with the prices of the fields between them. Call it only after `countsOf` has found
 * the operation small enough. `once`: the units that do not depend on the number of objects.
 */
export function pricedOperation(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  fragments: Fragments,
): { readonly root: Priced; readonly once: number } {
  let once = 0;
  const ofSet = (type: GraphQLCompositeType, set: SelectionSetNode, within: ReadConnection | null): Priced =>
    sum(set.selections.map((selection) => ofSelection(type, selection, within)));
  const ofSelection = (
    type: GraphQLCompositeType,
    selection: Selection,
    within: ReadConnection | null,
  ): Priced => {
    if (selection.kind === 'Field') return ofField(type, selection, within);
    const target = selection.kind === 'InlineFragment' ? selection : fragments.get(selection.name.value);
    if (!target) return NOTHING;
    const narrowed = target.typeCondition && schema.getType(target.typeCondition.name.value);
    return ofSet(isCompositeType(narrowed) ? narrowed : type, target.selectionSet, within);
  };
  const ofField = (type: GraphQLCompositeType, field: FieldNode, within: ReadConnection | null): Priced => {
    const definition = fieldOf(type, field);
    if (!definition) return { units: VALUE_UNITS, lists: [] }; // __typename; introspection has a price of its own
    const own = specialPrice(type.name, definition.name, within?.name ?? null);
    const key = (field.alias ?? field.name).value;
    const target = getNamedType(definition.type);
    if (!field.selectionSet || !isCompositeType(target)) return { units: own ?? VALUE_UNITS, lists: [] };
    if (within && (definition.name === 'nodes' || definition.name === 'edges')) {
      within.places.push({ path: [key], members: ofSet(target, field.selectionSet, null) });
      return NOTHING;
    }
    const size = pageSizeOf(type.name, definition, field);
    if (size === null) {
      const object = ofSet(target, field.selectionSet, null);
      return {
        units: (own ?? OBJECT_UNITS) + object.units,
        lists: object.lists.map((list) => below(key, list)),
      };
    }
    once += LIST_UNITS;
    const units = (own ?? PARENT_UNITS) + argumentPrice(type.name, field);
    if (!target.name.endsWith('Connection')) {
      const members = ofSet(target, field.selectionSet, null);
      return { units, lists: [{ size, members, places: [{ path: [key], members }] }] };
    }
    const connection: ReadConnection = { name: `${type.name}.${definition.name}`, places: [] };
    const others = ofSet(target, field.selectionSet, connection);
    const { places } = connection;
    const page = { size, members: sum(places.map(({ members }) => members)), places };
    return { units: units + others.units, lists: [page, ...others.lists].map((list) => below(key, list)) };
  };
  const type = schema.getRootType(operation.operation);
  const root = type ? ofSet(type, operation.selectionSet, null) : NOTHING;
  return { root, once };
}

/** A list of the object that has this key. */
function below(key: string, list: PricedList): PricedList {
  return { ...list, places: list.places.map((place) => ({ ...place, path: [key, ...place.path] })) };
}

function sum(all: readonly Priced[]): Priced {
  const [only] = all;
  if (all.length === 1 && only) return only;
  let units = 0;
  const lists: PricedList[] = [];
  for (const one of all) {
    units += one.units;
    for (const list of one.lists) lists.push(list);
  }
  return { units, lists };
}

function fieldOf(type: GraphQLCompositeType, field: FieldNode): GraphQLField<unknown, unknown> | undefined {
  return isObjectType(type) || isInterfaceType(type) ? type.getFields()[field.name.value] : undefined;
}
