/** The characters that the texts of one document may have. */
export class TextAllowance {
  #left: number;

  constructor(charsMax: number) {
    this.#left = charsMax;
  }

  /** Whether a text still fits. */
  has(text: string): boolean {
    return text.length <= this.#left;
  }

  /** Takes a text into the document. Returns the same text. */
  use(text: string): string {
    this.#left -= text.length;
    return text;
  }
}
