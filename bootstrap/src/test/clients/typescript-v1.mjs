// The TypeScript SDK of the legacy revisions:  node typescript-v1.mjs http URL | stdio COMMAND ARGUMENT...

import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { journey } from './journey.mjs';
import { place } from './place.mjs';

const server = place(process.argv.slice(2));

async function open() {
  const client = new Client({ name: 'typescript-v1', version: '1' });
  const transport = server.http
    ? new StreamableHTTPClientTransport(server.http)
    : new StdioClientTransport({ ...server.stdio, env: process.env, stderr: 'inherit' });
  // The client tells nobody but its transport what was agreed.
  let era;
  const tell = transport.setProtocolVersion?.bind(transport);
  transport.setProtocolVersion = (version) => {
    era = version;
    tell?.(version);
  };
  await client.connect(transport);
  return {
    era,
    tools: async () => (await client.listTools()).tools.map((tool) => tool.name),
    call: (name, args) => client.callTool({ name, arguments: args }),
    read: (uri) => client.readResource({ uri }),
    prompt: (name) => client.getPrompt({ name }),
    close: async () => {
      if (server.http) await transport.terminateSession();
      await client.close();
    },
  };
}

await journey(open, { era: '2025-11-25', remembers: true });
