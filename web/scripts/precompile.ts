// JSX whose elements of HTML are written by the build. `<p class="a">{text}</p>` becomes a template, ['<p class="a">', '',
// '</p>'], and its values, [text]: a page then has a hundredth of the objects, and joins a quarter of the strings.
import { readFile } from 'node:fs/promises';
import { parse } from '@babel/parser';
import { type Plugin, transform } from 'esbuild';
import { attributeOf, CHILD, escapeHtml, RAW, VOID } from '../src/http/html.ts';

/** A node of the syntax tree, as far as it is read here. */
interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [property: string]: unknown;
}

interface Property {
  readonly name: string;
  readonly value: Node;
}

/** What becomes of an element: the fixed parts with the names between them, and the source of each value. */
interface TemplateParts {
  readonly template: string[];
  readonly values: string[];
}

export const precompiled: Plugin = {
  name: 'precompiled',
  setup({ onLoad }) {
    onLoad({ filter: /\.tsx$/ }, async ({ path }) => ({
      contents: await precompile(await readFile(path, 'utf8'), path),
      loader: 'js',
    }));
  },
};

/** The JavaScript of a module in TSX. `path`: what its errors name. */
export async function precompile(source: string, path: string): Promise<string> {
  const { code } = await transform(source, {
    loader: 'tsx',
    sourcefile: path,
    jsx: 'automatic',
    jsxImportSource: 'preact',
    target: 'node20',
  });
  const templates: string[] = [];

  /** The source of a node, with a template for each element of HTML. */
  const sourceOf = (node: Node): string => {
    const element = elementOf(node);
    if (element !== null) {
      const parts: TemplateParts = { template: [''], values: [] };
      addElement(parts, element.name, element.properties);
      templates.push(JSON.stringify(parts.template));
      return `({ type: template${templates.length}, props: [${parts.values.join(', ')}] })`;
    }
    let text = '';
    let at = node.start;
    for (const child of childrenOf(node)) {
      // `{ name }` and `import { name }` are two nodes in one place
      if (child.start < at) continue;
      text += code.slice(at, child.start) + sourceOf(child);
      at = child.end;
    }
    return text + code.slice(at, node.end);
  };

  const addElement = (parts: TemplateParts, name: string, properties: readonly Property[]): void => {
    addText(parts, `<${name}`);
    for (const property of properties) {
      if (property.name === 'children' || property.name === 'dangerouslySetInnerHTML') continue;
      const constant = constantOf(property.value);
      if (constant) addText(parts, attributeOf(property.name, constant.value));
      else addValue(parts, property.name, sourceOf(property.value));
    }
    const children = properties.find((one) => one.name === 'children');
    const inner = properties.find((one) => one.name === 'dangerouslySetInnerHTML');
    const isVoid = !children && !inner && VOID.has(name);
    addText(parts, isVoid ? '/>' : '>');
    if (inner) addValue(parts, RAW, `(${sourceOf(inner.value)}).__html`);
    else if (children) addChild(parts, children.value);
    if (!isVoid) addText(parts, `</${name}>`);
  };

  const addChild = (parts: TemplateParts, node: Node): void => {
    const constant = constantOf(node);
    const element = elementOf(node);
    const isList = node.type === 'ArrayExpression' && !(node['elements'] as Node[]).some(isSpread);
    if (isList) for (const child of node['elements'] as Node[]) addChild(parts, child);
    else if (element !== null) addElement(parts, element.name, element.properties);
    else if (constant === null) addValue(parts, CHILD, sourceOf(node));
    else if (typeof constant.value !== 'boolean') addText(parts, escapeHtml(String(constant.value)));
  };

  const { program } = parse(code, { sourceType: 'module' });
  const body = sourceOf(program as unknown as Node);
  return `${templates.map((template, at) => `const template${at + 1} = ${template};\n`).join('')}${body}`;
}

function addText({ template }: TemplateParts, text: string): void {
  template.push((template.pop() ?? '') + text);
}

function addValue({ template, values }: TemplateParts, name: string, source: string): void {
  template.push(name, '');
  values.push(source);
}

/** `jsx('p', { … })`, unless the properties are not all known by name. */
function elementOf({ type, callee, arguments: given }: Node) {
  if (type !== 'CallExpression' || !/^jsxs?$/.test(String((callee as Node)['name']))) return null;
  const [name, properties] = given as [Node, Node];
  if (name.type !== 'StringLiteral' || properties.type !== 'ObjectExpression') return null;
  const list = properties['properties'] as Node[];
  if (list.some((one) => one.type !== 'ObjectProperty' || one['computed'] === true)) return null;
  const named = list.map(({ key, value }) => {
    const { name, value: text } = key as Node;
    return { name: String(name ?? text), value: value as Node };
  });
  return { name: String(name['value']), properties: named };
}

function constantOf({ type, value, quasis }: Node): { readonly value: unknown } | null {
  if (/^(?:String|Numeric|Boolean)Literal$/.test(type)) return { value };
  const [only, more] = type === 'TemplateLiteral' ? (quasis as Node[]) : [];
  return only && !more ? { value: (only['value'] as { cooked: string }).cooked } : null;
}

function isSpread(node: Node | null): boolean {
  return node === null || node.type === 'SpreadElement';
}

/** The nodes inside a node, in the order of the source. */
function childrenOf(node: Node): Node[] {
  const inside = Object.entries(node).flatMap(([name, value]) => (/Comments$/.test(name) ? [] : value));
  return inside.filter(isNode).sort((a, b) => a.start - b.start);
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';
}
