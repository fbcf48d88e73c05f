const COPIED = [
  'fontFamily',
  'fontSize',
  'fontWeight',
  'lineHeight',
  'letterSpacing',
  'paddingTop',
  'paddingRight',
  'paddingBottom',
  'paddingLeft',
  'borderTopWidth',
  'borderLeftWidth',
  'textAlign',
  'tabSize',
] as const;

/**
 * The place under a character of a text field, in pixels from the field's corner. No browser tells it: it is measured in
 * a copy of the text up to there.
 */
export function caretOf(text: HTMLTextAreaElement, index: number): { left: number; top: number } {
  const style = getComputedStyle(text);
  const copy = document.createElement('div');
  for (const name of COPIED) copy.style[name] = style[name];
  Object.assign(copy.style, {
    position: 'absolute',
    visibility: 'hidden',
    insetBlockStart: '0',
    insetInlineStart: '0',
    borderStyle: 'solid',
    boxSizing: 'border-box',
    inlineSize: `${text.clientWidth}px`,
    whiteSpace: 'pre-wrap',
    overflowWrap: 'break-word',
    direction: style.direction,
  });
  copy.textContent = text.value.slice(0, index);
  const mark = document.createElement('span');
  mark.textContent = '@';
  copy.append(mark);
  text.parentElement?.append(copy);
  const place = { left: mark.offsetLeft, top: mark.offsetTop + mark.offsetHeight - text.scrollTop };
  copy.remove();
  return place;
}
