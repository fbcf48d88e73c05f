/** What a frame tells the page around it. */
export type FrameMessage =
  | { readonly parley: 1; readonly type: 'ready' }
  | { readonly parley: 1; readonly type: 'height'; readonly height: number }
  | { readonly parley: 1; readonly type: 'token-refused' }
  /** The empty token of the page around it has been processed. */
  | { readonly parley: 1; readonly type: 'token-removed' }
  /** The reader has pressed "Sign out" in the frame. */
  | { readonly parley: 1; readonly type: 'signed-out' };

/** What the page around a frame tells it. */
export type HostMessage =
  | { readonly parley: 1; readonly type: 'theme'; readonly theme: string }
  | { readonly parley: 1; readonly type: 'language'; readonly language: string }
  | { readonly parley: 1; readonly type: 'token'; readonly token: string };

/** A message that `source` has sent from `origin`. Null for any other. */
export function messageOf<T extends FrameMessage | HostMessage>(
  event: MessageEvent,
  source: MessageEventSource | null | undefined,
  origin: string | undefined,
): T | null {
  if (origin === undefined || event.origin !== origin || !source || event.source !== source) return null;
  const message = event.data as T | null;
  return typeof message === 'object' && message?.parley === 1 ? message : null;
}
