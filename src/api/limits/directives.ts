import { type ASTNode, BREAK, type DocumentNode, visit } from 'graphql';
import { Refusal } from '../../access/errors.ts';

/** The maximum number of directives on one field or fragment. Two exist that an operation can use. */
const DIRECTIVES_IN_ONE_PLACE_MAX = 5;

/**
 * The refusal of a document that repeats directives in one place. Without it, each of them would be an error of its own.
 * Null if the document is fine.
 */
export function overloadedDirectives(document: DocumentNode): Refusal | null {
  let most = 0;
  visit(document, {
    enter: (node: ASTNode) => {
      const count = 'directives' in node ? (node.directives?.length ?? 0) : 0;
      most = Math.max(most, count);
      return most > DIRECTIVES_IN_ONE_PLACE_MAX ? BREAK : undefined;
    },
  });
  if (most <= DIRECTIVES_IN_ONE_PLACE_MAX) return null;
  return new Refusal(
    'QUERY_TOO_COMPLEX',
    `The operation has ${most} directives in one place: the maximum is ${DIRECTIVES_IN_ONE_PLACE_MAX}.`,
  );
}
