// The user of a client and the browser: it follows the authorization request to the provider, which consents at once,
// and keeps the address to which the provider sends the browser back. It is not a part of the SDK: every application
// that uses the SDK has one.

const CALLBACK = 'http://127.0.0.1/callback';

/** An OAuthClientProvider of the TypeScript SDK that keeps everything in memory. */
export class User {
  authorizations = [];
  #kept = {};
  #callback;

  /** @param clientMetadataUrl identifies the client where it is not registered; undefined to register it */
  constructor(clientMetadataUrl) {
    this.clientMetadataUrl = clientMetadataUrl;
  }

  get redirectUrl() {
    return CALLBACK;
  }

  get clientMetadata() {
    return { client_name: 'typescript-v2', redirect_uris: [CALLBACK], token_endpoint_auth_method: 'none' };
  }

  clientInformation() {
    return this.#kept.client;
  }

  saveClientInformation(client) {
    this.#kept.client = client;
  }

  tokens() {
    return this.#kept.tokens;
  }

  saveTokens(tokens) {
    this.#kept.tokens = tokens;
  }

  codeVerifier() {
    return this.#kept.verifier;
  }

  saveCodeVerifier(verifier) {
    this.#kept.verifier = verifier;
  }

  discoveryState() {
    return this.#kept.discovery;
  }

  saveDiscoveryState(discovery) {
    this.#kept.discovery = discovery;
  }

  async redirectToAuthorization(url) {
    this.authorizations.push(url.searchParams);
    const answer = await fetch(url, { redirect: 'manual' });
    if (answer.status !== 302) throw new Error(`the provider refused ${url}: ${await answer.text()}`);
    this.#callback = new URL(answer.headers.get('location')).searchParams;
  }

  /** Returns what the provider sent with the browser, once. */
  takeCallback() {
    const callback = this.#callback;
    this.#callback = undefined;
    return callback;
  }
}
