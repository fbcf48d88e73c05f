// Images of texts. Reading a text must not send a request to a host that its writer chose, so an image is shown only if
// the operator has allowed its host. Any other image becomes a link.
import type { StateCore, Token } from 'markdown-it';

/** The hosts from which images are shown, such as `images.example.com`. */
export type ImageHosts = readonly string[];

/** The attributes of every image that is shown: it is loaded when it is near, and its host does not learn the page. */
export const IMAGE_ATTRIBUTES = { loading: 'lazy', referrerpolicy: 'no-referrer' } as const;

/** Whether an image is shown: by https, from an allowed host (with its port, if that is not 443), without a password. */
export function isShownImage(address: string, hosts: ImageHosts): boolean {
  if (hosts.length === 0 || !URL.canParse(address)) return false;
  const { protocol, host, username, password } = new URL(address);
  return protocol === 'https:' && username === '' && password === '' && hosts.includes(host);
}

/** A rule of markdown-it, which reads the hosts from `env.imageHosts`. */
export function showOrLinkImages(state: StateCore): void {
  const { imageHosts: hosts = [] } = state.env as { readonly imageHosts?: ImageHosts };
  for (const block of state.tokens) {
    if (block.children) block.children = shownOrLinked(state, block.children, hosts);
  }
}

function shownOrLinked(state: StateCore, tokens: Token[], hosts: ImageHosts): Token[] {
  let depth = 0;
  return tokens.flatMap((token) => {
    if (token.type === 'link_open') depth++;
    if (token.type === 'link_close') depth--;
    if (token.type !== 'image') return [token];
    const address = String(token.attrGet('src') ?? '');
    if (isShownImage(address, hosts)) {
      token.attrs = [['src', new URL(address).href], ['alt', ''], ...Object.entries(IMAGE_ATTRIBUTES)];
      return [token];
    }
    const text = imageText(state, token);
    if (depth > 0) return [text];
    const open = new state.Token('link_open', 'a', 1);
    open.attrSet('href', address);
    return [open, text, new state.Token('link_close', 'a', -1)];
  });
}

/** An image's description, or its address if it has none. */
export function imageText(state: StateCore, token: Token): Token {
  const text = new state.Token('text', '', 0);
  text.content = token.content || String(token.attrGet('src') ?? '');
  return text;
}
