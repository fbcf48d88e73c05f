import type { StateCore, Token } from 'markdown-it';

/** The type of the tokens that are checkboxes. */
export const CHECKBOX = 'task_checkbox';

/** A core rule of markdown-it. It turns `[ ]` and `[x]` at the start of list items into checkboxes that nobody can change. */
export function markTasks(state: StateCore): void {
  state.tokens.forEach((token, i) => {
    if (token.type !== 'inline' || state.tokens[i - 1]?.type !== 'paragraph_open') return;
    if (state.tokens[i - 2]?.type === 'list_item_open') addCheckbox(state, token);
  });
}

function addCheckbox(state: StateCore, inline: Token): void {
  const [first] = inline.children ?? [];
  const match = first?.type === 'text' ? /^\[([ xX])\](?=\s)/.exec(first.content) : null;
  if (!first || !match || !/^\[.\]\s+\S/.test(inline.content)) return;
  const checkbox = new state.Token(CHECKBOX, 'input', 0);
  checkbox.attrSet('type', 'checkbox');
  checkbox.attrSet('disabled', '');
  if (match[1] !== ' ') checkbox.attrSet('checked', '');
  checkbox.content = match[0];
  first.content = first.content.slice(match[0].length);
  inline.children?.unshift(checkbox);
}
