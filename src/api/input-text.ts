import { type ASTNode, type DocumentNode, visit } from 'graphql';
import { badInput } from '../access/errors.ts';
import type { OperationListener, OperationPlugin } from './operation-plugin.ts';

const listener: OperationListener = {
  didResolveOperation({ document, source, request }) {
    // a literal can only hold such a character by an escape, or by the body's own escapes
    if (source.includes('\\u') || !isStorable(source)) checkLiterals(document);
    checkValue(request.variables, 'variables');
  },
};

/**
 * Refuses text that no store can hold as it is, before any resolver sees it: PostgreSQL refuses U+0000, and both
 * engines silently change half of a surrogate pair.
 */
export const inputTextPlugin: OperationPlugin = { requestDidStart: () => listener };

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
