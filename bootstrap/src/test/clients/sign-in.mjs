// The TypeScript SDK v2 signs in, calls health_check, and then get_metrics, which requires the further scope
// metrics:read:
//
//   node sign-in.mjs legacy|modern WAY URL ARGUMENT...
//
// WAY and its arguments are one of
//   user                               OAuth with registration; everything else comes from discovery
//   later                              the same at a server that admits callers without identity: when a tool requires it
//   document METADATA-URL              the same with a client metadata document instead of registration
//   program ISSUER CLIENT-ID SECRET    OAuth client credentials
//   key KEY                            an API key, in both header fields
//   login NAME PASSWORD                the tool login, and then its token

import assert from 'node:assert/strict';
import {
  Client,
  ClientCredentialsProvider,
  StreamableHTTPClientTransport,
  UnauthorizedError,
} from '@modelcontextprotocol/client';
import { end, step } from './steps.mjs';
import { User } from './user.mjs';

const [era, way, server, ...parameters] = process.argv.slice(2);
const modern = era === 'modern';
const answers = []; // of the server, with their challenges

const recordingFetch = async (url, init) => {
  const answer = await fetch(url, init);
  const challenge = answer.headers.get('www-authenticate');
  answers.push({ status: answer.status, challenge });
  if (process.env.TRACE) console.error(init?.method ?? 'GET', String(url), init?.body ?? '', answer.status, challenge ?? '');
  return answer;
};

async function connect(options) {
  const client = new Client(
    { name: 'typescript-v2', version: '1' },
    modern ? { versionNegotiation: { mode: 'auto' } } : {},
  );
  const transport = new StreamableHTTPClientTransport(new URL(server), { fetch: recordingFetch, ...options });
  await client.connect(transport);
  assert.equal(client.getNegotiatedProtocolVersion(), modern ? '2026-07-28' : '2025-11-25');
  return { client, transport };
}

async function close({ client, transport }) {
  if (!modern) await transport.terminateSession();
  await client.close();
}

async function call({ client }, name, args = {}) {
  const result = await client.callTool({ name, arguments: args });
  assert.notEqual(result.isError, true, JSON.stringify(result.content));
  return result;
}

const names = async ({ client }) => (await client.listTools()).tools.map((tool) => tool.name);

/** The status and the challenge of the last refusal. */
const refusal = () => answers.findLast((answer) => answer.status >= 400);

/** The steps of every client after it signed in. */
async function use(connection, further) {
  await step('list tools', async () => {
    const listed = await names(connection);
    for (const name of ['health_check', 'get_metrics']) assert.ok(listed.includes(name), `${listed}`);
  });
  await step('call', () => call(connection, 'health_check'));
  await step('call with a further scope', () => further(connection));
  await step('call after that', () => call(connection, 'get_metrics'));
  await step('close', () => close(connection));
}

/** An action that the user must allow first; then it is tried again. */
async function allowed(user, transport, action) {
  await assert.rejects(action, (refused) => refused instanceof UnauthorizedError);
  await transport.finishAuth(user.takeCallback());
}

/**
 * A user who uses the server without identity until a tool requires one. A session of the legacy era ends with that: it
 * belongs to the caller without identity, and the SDK does not begin another one by itself.
 */
async function signInLater(user) {
  let connection = await step('connect without a credential', () => connect({ authProvider: user }));
  if (!connection) return;
  await step('sign in', () => allowed(user, connection.transport, () => call(connection, 'health_check')));
  if (!modern) {
    await step('the session is not that of the user', () => assert.rejects(names(connection), /Session not found/));
    connection = await step('connect', () => connect({ authProvider: user }));
    if (!connection) return;
  }
  await use(connection, further(user, connection));
}

async function signIn(user) {
  const transport = new StreamableHTTPClientTransport(new URL(server), { fetch: recordingFetch, authProvider: user });
  await step('sign in', async () => {
    await allowed(user, transport, () => connect({ authProvider: user }));
    const [request] = user.authorizations;
    assert.equal(request.get('resource'), server);
    assert.equal(request.get('code_challenge_method'), 'S256');
    assert.equal(request.get('scope'), 'mcp:read');
    assert.equal(answers[0].status, 401);
    assert.ok(!answers[0].challenge.includes('error='), answers[0].challenge);
  });
  const connection = await step('connect', () => connect({ authProvider: user }));
  if (!connection) return;
  await use(connection, further(user, connection));
  await step('refresh', async () => {
    user.saveTokens({ ...user.tokens(), access_token: 'expired' });
    const refreshed = await connect({ authProvider: user });
    assert.equal(refusal().status, 401);
    assert.match(refusal().challenge, /error="invalid_token"/);
    assert.equal(user.authorizations.length, 2);
    await call(refreshed, 'get_metrics');
    await close(refreshed);
  });
}

/** What it takes to call get_metrics: the user allows the further scope, in addition to the first one. */
const further = (user, connection) => async () => {
  await allowed(user, connection.transport, () => call(connection, 'get_metrics'));
  assert.equal(refusal().status, 403);
  assert.match(refusal().challenge, /error="insufficient_scope"/);
  assert.equal(user.authorizations.length, 2);
  assert.deepEqual(user.authorizations[1].get('scope').split(' ').sort(), ['mcp:read', 'metrics:read']);
};

async function asProgram([expectedIssuer, clientId, clientSecret]) {
  const authProvider = new ClientCredentialsProvider({ clientId, clientSecret, expectedIssuer });
  const connection = await step('connect', () => connect({ authProvider }));
  if (!connection) return;
  await use(connection, async (it) => {
    await call(it, 'get_metrics'); // the SDK obtains the further scope by itself
    assert.equal(refusal().status, 403);
    assert.deepEqual(authProvider.tokens().scope.split(' ').sort(), ['mcp:read', 'metrics:read']);
  });
}

async function withKey([key]) {
  await step('a wrong key is refused', async () => {
    await assert.rejects(connect({ authProvider: { token: async () => key.slice(0, -1) } }), UnauthorizedError);
    assert.equal(refusal().status, 401);
  });
  const requestInit = { headers: { 'X-API-Key': key } };
  const other = await step('connect with X-API-Key', () => connect({ requestInit }));
  if (other) await step('close', () => close(other));
  const connection = await step('connect', () => connect({ authProvider: { token: async () => key } }));
  if (connection) await use(connection, (it) => call(it, 'get_metrics'));
}

async function withPassword([username, password]) {
  const before = await step('connect without a credential', () => connect({}));
  if (!before) return;
  await step('a wrong password is refused', async () => {
    const result = await before.client.callTool({ name: 'login', arguments: { username, password: 'wrong' } });
    assert.equal(result.isError, true);
  });
  const token = await step('log in', async () => {
    assert.ok((await names(before)).includes('login'));
    return (await call(before, 'login', { username, password })).structuredContent.token;
  });
  await step('close', () => close(before));
  const connection = await step('connect', () => connect({ authProvider: { token: async () => token } }));
  if (connection) await use(connection, (it) => call(it, 'get_metrics'));
}

const ways = {
  user: () => signIn(new User()),
  later: () => signInLater(new User()),
  document: ([url]) => signIn(new User(url)),
  program: asProgram,
  key: withKey,
  login: withPassword,
};
await ways[way](parameters);
end();
