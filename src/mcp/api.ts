// How tools, resources and prompts reach the forum: by operations of its GraphQL API.

/** Answers an operation with the JSON of its response. Rejects with an ApiFault if there is none. */
export type SendOperation = (query: string, variables: object) => Promise<string>;

/** An error of the API, as a tool reports it. */
export class ApiFault extends Error {
  /** The API's error code. */
  readonly code: string;
  /** The argument at fault. Null if the error isn't about a single one. */
  readonly field: string | null;
  /** After how many seconds to try again. Null if waiting doesn't help. */
  readonly retryAfter: number | null;

  constructor(code: string, message: string, field: string | null = null, retryAfter: number | null = null) {
    super(message);
    this.code = code;
    this.field = field;
    this.retryAfter = retryAfter;
  }
}

interface Response<Data> {
  readonly data?: Data | null;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions?: { readonly code?: string; readonly field?: string; readonly retryAfter?: number };
  }[];
}

/**
 * Runs an operation. Throws the first of its errors as an ApiFault. `fields` names the tool's argument for a root field
 * whose own argument has another name.
 */
export async function run<Data>(
  send: SendOperation,
  query: string,
  variables: object,
  fields: Readonly<Record<string, string>> = {},
): Promise<Data> {
  const response: Response<Data> = JSON.parse(await send(query, variables));
  const [error] = response.errors ?? [];
  if (error !== undefined) {
    const { code = 'INTERNAL_SERVER_ERROR', field, retryAfter = null } = error.extensions ?? {};
    const argument = fields[String(error.path?.[0])] ?? argumentOf(field ?? null);
    throw new ApiFault(code, error.message, argument, retryAfter);
  }
  if (!response.data) throw new ApiFault('INTERNAL_SERVER_ERROR', 'The forum sent no data.');
  return response.data;
}

/** The tool's argument for a field of the API: those of an input have the same names. */
export function argumentOf(field: string | null): string | null {
  return field === null ? null : field.replace(/^input\./, '');
}
