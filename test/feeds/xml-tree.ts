import { SaxesParser } from 'saxes';

/** An element of a parsed document; names of namespaces stand before local names, as `{uri}name`. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlElement[];
  text: string;
}

/** Parses a document strictly. Throws for anything that is not well-formed. */
export function parseXml(document: string): XmlElement {
  const parser = new SaxesParser({ xmlns: true });
  const root: XmlElement = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ uri, local, attributes }) => {
    const values = Object.values(attributes).map(({ name, value }): [string, string] => [name, value]);
    const made = { name: `{${uri}}${local}`, attributes: Object.fromEntries(values), children: [], text: '' };
    open.at(-1)?.children.push(made);
    open.push(made);
  });
  parser.on('closetag', () => open.pop());
  parser.on('text', (text) => {
    const at = open.at(-1);
    if (at) at.text += text;
  });
  parser.write(document).close();
  return root.children[0] as XmlElement;
}

/** The children with a name, whatever their namespace. */
export function childrenOf(element: XmlElement, name: string): XmlElement[] {
  return element.children.filter((child) => child.name.endsWith(`}${name}`));
}

/** The text of the first child with a name. */
export function textOf(element: XmlElement, name: string): string | null {
  return childrenOf(element, name)[0]?.text ?? null;
}
