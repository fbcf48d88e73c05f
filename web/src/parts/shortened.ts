/** The beginning of a text, with an ellipsis if there is more. */
export function shortened(text: string, unitsMax: number): string {
  return text.length > unitsMax ? `${text.slice(0, unitsMax).toWellFormed()}…` : text;
}
