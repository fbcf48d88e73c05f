import { type ASTNode, type DocumentNode, type OperationDefinitionNode, visit } from 'graphql';
import { badInput } from '../access/errors.ts';

export type Variables = Readonly<Record<string, unknown>>;

/** An operation that is parsed and valid, with the variables of one request: not yet coerced. */
export interface Operation {
  readonly source: string;
  readonly document: DocumentNode;
  readonly definition: OperationDefinitionNode;
  readonly variables: Variables;
}

/**
 * Refuses text that no store can hold as it is, before any resolver sees it: PostgreSQL refuses U+0000, and both
 * engines silently change half of a surrogate pair.
 */
export function checkTexts({ source, document, variables }: Operation): void {
  // a literal can only hold such a character by an escape, or by the body's own escapes
  if (source.includes('\\u') || !isStorable(source)) checkLiterals(document);
  checkValue(variables, 'variables');
}

function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}

function checkLiterals(document: DocumentNode): void {
  const checkIn = (value: ASTNode, field: string) => {
    visit(value, { StringValue: (literal) => checkText(literal.value, field) });
  };
  visit(document, {
    Argument: ({ name, value }) => checkIn(value, name.value),
    VariableDefinition: ({ variable, defaultValue }) => {
      if (defaultValue) checkIn(defaultValue, `variables.${variable.name.value}`);
    },
  });
}

function checkValue(value: unknown, field: string): void {
  if (typeof value === 'string') checkText(value, field);
  else if (typeof value === 'object' && value !== null) {
    for (const [name, member] of Object.entries(value)) checkValue(member, `${field}.${name}`);
  }
}

function checkText(text: string, field: string): void {
  if (!isStorable(text)) throw badInput('Text cannot contain U+0000 or an unpaired surrogate.', field);
}
