import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Settings } from '../settings/settings.ts';
import { refuse } from './refuse.ts';

const METADATA_PATH = '/.well-known/oauth-protected-resource';

/**
 * How clients of /mcp learn that they need a credential. If tokens of an identity provider are accepted, its metadata
 * (RFC 9728) names it, so that clients can sign their user in there. Otherwise the credential is an API key.
 */
export class Challenges {
  readonly #resource: string;
  readonly #metadataUrl: string | null;
  readonly #metadata: object | null;

  constructor({ siteUrl, policy, externalTokens }: Pick<Settings, 'siteUrl' | 'policy' | 'externalTokens'>) {
    const issuer = externalTokens?.issuer ?? '';
    this.#resource = `${siteUrl}/mcp`;
    // an issuer may be any name, but clients can only follow a URL
    const hasIssuer = URL.canParse(issuer) && /^https?:$/.test(new URL(issuer).protocol);
    this.#metadataUrl = hasIssuer ? `${siteUrl}${METADATA_PATH}/mcp` : null;
    this.#metadata = hasIssuer
      ? {
          resource: this.#resource,
          authorization_servers: [issuer],
          bearer_methods_supported: ['header'],
          resource_name: policy.siteName,
        }
      : null;
  }

  /** Whether guests are sent to sign in before they call a tool that writes. Otherwise the tool itself refuses them. */
  get isForGuests(): boolean {
    return this.#metadataUrl !== null;
  }

  /** Serves the metadata: where clients look for it, and where they look if the site's URL has a path. */
  install(app: FastifyInstance): void {
    if (this.#metadata === null) return;
    const paths = ['', '/mcp', new URL(this.#resource).pathname];
    for (const path of new Set(paths)) {
      app.get(`${METADATA_PATH}${path}`, (_request, reply) =>
        reply.header('cache-control', 'public, max-age=3600').type('application/json').send(this.#metadata),
      );
    }
  }

  /** For a guest who needs a credential. */
  askForOne(reply: FastifyReply): FastifyReply {
    reply.header('www-authenticate', `Bearer${this.#parameters([])}`);
    return refuse(reply, 401, 'UNAUTHENTICATED', 'Sign in to write.');
  }

  /** For a credential that is invalid. */
  refuseCredential(reply: FastifyReply): FastifyReply {
    reply.header('www-authenticate', `Bearer${this.#parameters(['error="invalid_token"'])}`);
    const message =
      'This credential is invalid or has expired: send another as "Authorization: Bearer TOKEN".';
    return refuse(reply, 401, 'UNAUTHENTICATED', message);
  }

  #parameters(parameters: readonly string[]): string {
    const url = this.#metadataUrl === null ? [] : [`resource_metadata="${this.#metadataUrl}"`];
    const all = [...parameters, ...url];
    return all.length === 0 ? '' : ` ${all.join(', ')}`;
  }
}
