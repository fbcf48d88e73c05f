// The counts of an operation. They do not depend on variables, and are read once for each document.
import type { FieldNode, FragmentDefinitionNode, SelectionSetNode } from 'graphql';

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

/** Whether a field is `__schema`, `__type` or `__typename`. */
export function isIntrospection(field: FieldNode): boolean {
  return field.name.value.startsWith('__');
}
