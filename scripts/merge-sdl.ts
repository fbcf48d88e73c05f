import { type DefinitionNode, Kind, parse, print } from 'graphql';

interface Part {
  readonly name: string;
  readonly text: string;
}

const HEAD = `# The GraphQL schema of Parley. \`npm run schema\` writes it from the .graphql files below src/.
# Each type stands here once, with the fields of all modules: some tools take \`extend type\` for fields of the client.
`;
const WIDTH = 120;

/**
 * One SDL of all parts: each type once, where it is defined, with the fields that later parts add to it in their order.
 * Throws if a part extends what no part defines.
 */
export function mergeSdl(parts: readonly Part[]): string {
  const documents = parts.map(({ name, text }) => ({ name, ...parse(text, { noLocation: true }) }));
  const extensions = documents.flatMap(({ definitions }) => definitions.filter(isExtension));
  const merged = new Set<DefinitionNode>();
  const withExtensions = (definition: DefinitionNode): DefinitionNode => {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION) return definition;
    const own = extensions.filter(({ name }) => name.value === definition.name.value);
    for (const extension of own) merged.add(extension);
    const of = [definition, ...own];
    return {
      ...definition,
      fields: of.flatMap(({ fields = [] }) => fields),
      interfaces: of.flatMap(({ interfaces = [] }) => interfaces),
      directives: of.flatMap(({ directives = [] }) => directives),
    };
  };
  const sections = documents.map(({ name, definitions }) => {
    const types = definitions.filter((one) => !isExtension(one)).map(withExtensions);
    const headline = `# ── ${name} `;
    return `\n${headline}${'─'.repeat(WIDTH - headline.length)}\n\n${types.map(print).join('\n\n')}\n`;
  });
  const [lost] = extensions.filter((extension) => !merged.has(extension));
  if (lost) throw new Error(`No module defines the type ${lost.name.value}, which one extends.`);
  return HEAD + sections.join('');
}

function isExtension(
  definition: DefinitionNode,
): definition is Extract<DefinitionNode, { kind: 'ObjectTypeExtension' }> {
  return definition.kind === Kind.OBJECT_TYPE_EXTENSION;
}
