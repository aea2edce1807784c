// Clients delete a user and a document, which a user must confirm:
//
//   node confirm.mjs legacy|modern http URL
//
// The TypeScript SDK v2 asks its user, and deletes once. The Inspector's command line cannot ask, and deletes nothing.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { inspector } from './inspecting.mjs';
import { place } from './place.mjs';
import { end, step } from './steps.mjs';

const [era, ...where] = process.argv.slice(2);
const server = place(where);
const modern = era === 'modern';

const messages = [];
let answer = { action: 'decline' };
let confirmed; // the request with which the client has brought the last consent (modern)

async function recordingFetch(url, init) {
  if (String(init?.body ?? '').includes('"requestState"')) confirmed = { url, init };
  return fetch(url, init);
}

const client = new Client(
  { name: 'typescript-v2', version: '1' },
  { capabilities: { elicitation: { form: {} } }, ...(modern ? { versionNegotiation: { mode: 'auto' } } : {}) },
);
client.setRequestHandler('elicitation/create', async (request) => {
  messages.push(request.params.message);
  return answer;
});
const call = (name, args) => client.callTool({ name, arguments: args });

async function done(name, args) {
  const result = await call(name, args);
  assert.notEqual(result.isError, true, JSON.stringify(result.content));
  return result.structuredContent;
}

async function refused(name, args, code) {
  const result = await call(name, args);
  assert.equal(result.isError, true, JSON.stringify(result));
  assert.match(result.content[0].text, new RegExp(`"code":"${code}"`));
}

const found = async (user) => (await call('get_user', { user_id: user })).isError !== true;
const document = randomUUID();
let user;

await step('connect', () => client.connect(new StreamableHTTPClientTransport(server.http, { fetch: recordingFetch })));
await step('create a user', async () => {
  user = (await done('create_user', { name: 'Ada', email: `${randomUUID()}@example.com` })).user.user_id;
});
await step('the Inspector cannot delete it', async () => {
  const { call: inspect } = inspector(server, era);
  const outcome = await inspect('delete_user', { user_id: user }).then(
    (result) => JSON.stringify(result),
    (error) => String(error),
  );
  assert.match(outcome, /elicitation/i);
  assert.ok(await found(user));
});
await step('a user who declines keeps it', async () => {
  await refused('delete_user', { user_id: user }, 'DECLINED');
  answer = { action: 'accept', content: { confirm: false } };
  await refused('delete_user', { user_id: user }, 'DECLINED');
  assert.ok(await found(user));
});
await step('a user who agrees deletes it', async () => {
  answer = { action: 'accept', content: { confirm: true } };
  const deleted = await done('delete_user', { user_id: user });
  assert.equal(deleted.status, 'deleted');
  assert.match(messages.at(-1), /^Delete the user "Ada" with the email address ".*" and the user_id \d+ for good\?/);
  assert.ok(!(await found(user)));
  await refused('delete_user', { user_id: user }, 'NOT_FOUND');
});
await step('a consent deletes one document, once', async () => {
  await done('save_data', { data_id: document, content: 1 });
  const before = messages.length;
  await done('delete_data', { data_id: document });
  assert.equal(messages.length, before + 1);
  await done('save_data', { data_id: document, content: 2 });
  if (modern) {
    const repeated = await fetch(confirmed.url, confirmed.init);
    assert.match(await repeated.text(), /CONFLICT/);
  }
  assert.equal((await done('get_data_cached', { data_id: document })).content, 2);
});
await step('close', () => client.close());
end();
