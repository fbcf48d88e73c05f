import {
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLIncludeDirective,
  type GraphQLObjectType,
  type GraphQLSchema,
  GraphQLSkipDirective,
  getDirectiveValues,
  isAbstractType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
  typeFromAST,
} from 'graphql';

/** What selections are read with. */
export interface Selecting {
  readonly schema: GraphQLSchema;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  /** The variables that stand in @skip and @include, and no others. */
  readonly switches: Readonly<Record<string, boolean>>;
  /** Called with the approximate memory of each plan. */
  readonly onPlanned: (bytes: number) => void;
}

/**
 * The fields of an object by the name that they have in its answer, in the order of the answer: fragments that fit the
 * type are opened, what @skip and @include leave out is left out, and the same name is one field. The specification's
 * CollectFields and MergeSelectionSets.
 */
export function collectFields(
  selecting: Selecting,
  type: GraphQLObjectType,
  sets: readonly SelectionSetNode[],
): Map<string, [FieldNode, ...FieldNode[]]> {
  const fields = new Map<string, [FieldNode, ...FieldNode[]]>();
  const opened = new Set<string>();
  const collect = (set: SelectionSetNode): void => {
    for (const selection of set.selections) {
      if (!isIncluded(selecting, selection)) continue;
      if (selection.kind === Kind.FIELD) {
        const key = selection.alias?.value ?? selection.name.value;
        const same = fields.get(key);
        if (same) same.push(selection);
        else fields.set(key, [selection]);
        continue;
      }
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        if (fits(selecting, type, selection.typeCondition)) collect(selection.selectionSet);
        continue;
      }
      const name = selection.name.value;
      if (opened.has(name)) continue;
      opened.add(name);
      const fragment = selecting.fragments[name];
      if (fragment && fits(selecting, type, fragment.typeCondition)) collect(fragment.selectionSet);
    }
  };
  for (const set of sets) collect(set);
  return fields;
}

function isIncluded({ switches }: Selecting, node: SelectionNode): boolean {
  if (!node.directives?.length) return true;
  if (getDirectiveValues(GraphQLSkipDirective, node, switches)?.['if'] === true) return false;
  return getDirectiveValues(GraphQLIncludeDirective, node, switches)?.['if'] !== false;
}

function fits(
  { schema }: Selecting,
  type: GraphQLObjectType,
  condition: FragmentDefinitionNode['typeCondition'] | undefined,
): boolean {
  if (!condition) return true;
  const wanted = typeFromAST(schema, condition);
  return wanted === type || (isAbstractType(wanted) && schema.isSubType(wanted, type));
}
