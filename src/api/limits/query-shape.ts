// The shape of an operation, as far as it does not depend on variables. It is read once for each document.
import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { type PageSize, pageSizeOf } from './page-size.ts';

/** The counts of an operation with its fragments expanded. The depth of introspection does not count. */
export interface Counts {
  readonly depth: number;
  readonly fields: number;
  readonly aliases: number;
  readonly directives: number;
}

const NOTHING: Counts = { depth: 0, fields: 0, aliases: 0, directives: 0 };

export type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

/** Counts a selection. Each fragment is counted once, so that no document is slow to count. */
export function countsOf(selections: SelectionSetNode, fragments: Fragments): Counts {
  const known = new Map<string, Counts>();
  const ofFragment = (name: string): Counts => {
    const counted = known.get(name) ?? ofSet(fragments.get(name)?.selectionSet);
    known.set(name, counted);
    return counted;
  };
  const ofSet = (set: SelectionSetNode | undefined): Counts =>
    (set?.selections.map(of) ?? []).reduce(sum, NOTHING);
  const of = (selection: SelectionSetNode['selections'][number]): Counts => {
    const directives = selection.directives?.length ?? 0;
    if (selection.kind === 'FragmentSpread')
      return sum(ofFragment(selection.name.value), { ...NOTHING, directives });
    if (selection.kind === 'InlineFragment')
      return sum(ofSet(selection.selectionSet), { ...NOTHING, directives });
    const aliases = selection.alias && selection.alias.value !== selection.name.value ? 1 : 0;
    const below = ofSet(selection.selectionSet);
    // tools nest introspection deeply; without the limit on aliases it could be megabytes, and seconds of work
    const depth = isIntrospection(selection) ? 1 : below.depth + 1;
    return { ...sum(below, { depth: 0, fields: 1, aliases, directives }), depth };
  };
  return ofSet(selections);
}

function sum(one: Counts, other: Counts): Counts {
  return {
    depth: Math.max(one.depth, other.depth),
    fields: one.fields + other.fields,
    aliases: one.aliases + other.aliases,
    directives: one.directives + other.directives,
  };
}

function isIntrospection(field: FieldNode): boolean {
  return field.name.value.startsWith('__');
}

/** A selected list, and the lists below each of its members. */
export interface PagedField {
  readonly size: PageSize;
  readonly below: readonly PagedField[];
}

/** The nested lists of an operation. Call it only after `countsOf` has found the operation small enough. */
export function pagedFieldsOf(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  fragments: Fragments,
): PagedField[] {
  const ofSet = (type: GraphQLCompositeType, set: SelectionSetNode): PagedField[] =>
    set.selections.flatMap((selection) => {
      if (selection.kind === 'Field') return ofField(type, selection);
      const target = selection.kind === 'InlineFragment' ? selection : fragments.get(selection.name.value);
      if (!target) return [];
      const narrowed = target.typeCondition && schema.getType(target.typeCondition.name.value);
      return ofSet(isCompositeType(narrowed) ? narrowed : type, target.selectionSet);
    });
  const ofField = (type: GraphQLCompositeType, field: FieldNode): PagedField[] => {
    if (!field.selectionSet || isIntrospection(field)) return [];
    const definition =
      isObjectType(type) || isInterfaceType(type) ? type.getFields()[field.name.value] : undefined;
    const target = definition && getNamedType(definition.type);
    if (!definition || !isCompositeType(target)) return [];
    const below = ofSet(target, field.selectionSet);
    const size = pageSizeOf(type.name, definition, field, operation);
    return size ? [{ size, below }] : below;
  };
  const root = schema.getRootType(operation.operation);
  return root ? ofSet(root, operation.selectionSet) : [];
}
