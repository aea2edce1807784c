// What every client does with the server, whoever wrote it.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { end, step } from './steps.mjs';

const document = (name) => JSON.parse(readFileSync(new URL(`documents/${name}.json`, import.meta.url), 'utf8'));

// Results are cached for all callers: a document of one's own makes sure that the first call of this run is a miss.
const fresh = (name) => ({ ...document(name), run: randomUUID() });

const expression = `{
  "customer": customer.name,
  "net": $sum(lines.(price * quantity)),
  "skus": [lines.sku]
}`;

/**
 * Takes a client through all steps.
 *
 * @param open connects and gives { era, tools(), call(name, args), read(uri), prompt(name), close() }; tools() gives
 *     names, the others results as they came, an error result included
 * @param expected { era, remembers }: the protocol revision to be spoken, and whether two calls meet one process
 */
export async function journey(open, expected) {
  let client;
  await step('connect', async () => {
    client = await open();
    assert.equal(client.era, expected.era);
  });
  if (!client) return end();

  await step('list tools', async () => {
    const names = await client.tools();
    for (const name of ['process_data', 'health_check', 'check_dependencies', 'get_metrics']) assert.ok(names.includes(name), `${names}`);
  });
  await step('transform', async () => {
    const found = await processed(client, { data: fresh('invoice'), operation: 'transform', options: { expression } });
    assert.equal(found.result.customer, 'Müller & Söhne GmbH');
    assert.equal(Number(found.result.net.toFixed(2)), 226.7);
    assert.deepEqual(found.result.skus, ['BX-0042', 'BX-0107', 'BK-0003']);
  });
  await step('validate', async () => {
    const options = { schema: document('invoice.schema') };
    const right = await processed(client, { data: fresh('invoice'), operation: 'validate', options });
    assert.deepEqual(pointers(right), []);
    const wrong = await processed(client, { data: fresh('invoice.broken'), operation: 'validate', options });
    for (const pointer of ['/currency', '/customer/name', '/lines/0/quantity', '/lines/1/sku', '/lines/1/price']) {
      assert.ok(pointers(wrong).includes(pointer), `${pointer} is missing in ${JSON.stringify(wrong.result)}`);
    }
  });
  await step('analyze', async () => {
    const found = await processed(client, { data: fresh('readings'), operation: 'analyze' });
    assert.ok(JSON.stringify(found.result).includes('celsius'), JSON.stringify(found.result));
  });
  if (expected.remembers) {
    await step('the second call is a cache hit', async () => {
      const data = fresh('readings');
      const first = await processed(client, { data, operation: 'analyze' });
      const turned = Object.fromEntries(Object.entries(data).reverse());
      const second = await processed(client, { operation: 'analyze', data: turned });
      assert.equal(first.cache_status, 'miss');
      assert.equal(second.cache_status, 'hit');
      assert.deepEqual(second.result, first.result);
    });
  }
  await step('a wrong call is told so', async () => {
    const result = await client.call('process_data', { data: {}, operation: 'sort' });
    assert.equal(result.isError, true);
    assert.match(result.content[0].text, /operation/);
  });
  await step('health', async () => {
    const result = await client.call('health_check', {});
    assert.notEqual(result.isError, true);
    const status = await client.read('health://status');
    assert.ok(JSON.parse(status.contents[0].text));
  });
  await step('prompt', async () => {
    const prompt = await client.prompt('diagnose_health');
    assert.ok(prompt.messages.length > 0);
  });
  await step('close', () => client.close());
  end();
}

async function processed(client, args) {
  const result = await client.call('process_data', args);
  assert.notEqual(result.isError, true, JSON.stringify(result.content));
  assert.equal(result.structuredContent.operation, args.operation);
  assert.deepEqual(JSON.parse(result.content[0].text), result.structuredContent);
  return result.structuredContent;
}

const pointers = (found) => found.result.violations.map((violation) => violation.pointer);
