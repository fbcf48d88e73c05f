// Writes XML 1.0. Whatever a text contains, the result is well-formed.

/** A piece of well-formed XML. Other texts are escaped where they are put into it. */
export class Xml {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What an element may contain. Null is nothing. */
type XmlContent = Xml | string | null | readonly XmlContent[];

type Attributes = Readonly<Record<string, string | null>>;

/** Characters that XML 1.0 has no way to write, not even as a reference: most control characters and lone surrogates. */
const UNWRITABLE = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;
/** Names with at most one prefix, as this server uses them. */
const NAME = /^[A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?$/;

const IN_TEXT: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#13;' };
const IN_ATTRIBUTE: Readonly<Record<string, string>> = {
  ...IN_TEXT,
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
};

/** A text as the content of an element. `>` is escaped too, because `]]>` must not occur. */
export function xmlText(text: string): Xml {
  return new Xml(text.replace(UNWRITABLE, '').replace(/[&<>\r]/g, (sign) => IN_TEXT[sign] ?? ''));
}

/** An element. Attributes that are null are omitted. Throws for a name that is none. */
export function element(name: string, attributes: Attributes, ...content: readonly XmlContent[]): Xml {
  const inner = contentOf(content);
  const start = `${checked(name)}${attributesOf(attributes)}`;
  return new Xml(inner === '' ? `<${start}/>` : `<${start}>${inner}</${name}>`);
}

/** The start of an element whose content follows piece by piece. */
export function startOf(name: string, attributes: Attributes): string {
  return `<${checked(name)}${attributesOf(attributes)}>`;
}

/** The end of such an element. */
export function endOf(name: string): string {
  return `</${checked(name)}>`;
}

/** The first line of a document. */
export const XML_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';

/** A whole document. */
export function xmlDocument(root: Xml): string {
  return `${XML_DECLARATION}${root.text}\n`;
}

function contentOf(content: XmlContent): string {
  if (content === null) return '';
  if (content instanceof Xml) return content.text;
  if (typeof content === 'string') return xmlText(content).text;
  return content.map(contentOf).join('');
}

function attributesOf(attributes: Attributes): string {
  return Object.entries(attributes)
    .map(([name, value]) => (value === null ? '' : ` ${checked(name)}="${attributeText(value)}"`))
    .join('');
}

function attributeText(value: string): string {
  return value.replace(UNWRITABLE, '').replace(/[&<>"\t\n\r]/g, (sign) => IN_ATTRIBUTE[sign] ?? '');
}

function checked(name: string): string {
  if (!NAME.test(name)) throw new Error(`"${name}" is no name of XML.`);
  return name;
}
