/** The tools that need a credential, unless they are called with `dryRun`. */
const WRITE_TOOLS: ReadonlySet<string> = new Set(['ask_question', 'add_comment', 'vote', 'mark_answer']);

interface ToolCall {
  readonly method?: unknown;
  readonly params?: {
    readonly name?: unknown;
    readonly arguments?: { readonly dryRun?: unknown } | null;
  } | null;
}

/** Whether a message calls a tool that a guest cannot use. */
export function needsCredential(body: unknown): boolean {
  if (typeof body !== 'object' || body === null) return false;
  const { method, params } = body as ToolCall;
  if (method !== 'tools/call' || typeof params?.name !== 'string') return false;
  return WRITE_TOOLS.has(params.name) && params.arguments?.dryRun !== true;
}
