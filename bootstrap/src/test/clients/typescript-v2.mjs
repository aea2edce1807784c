// The TypeScript SDK of both eras:  node typescript-v2.mjs legacy|modern http URL | stdio COMMAND ARGUMENT...

import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { journey } from './journey.mjs';
import { place } from './place.mjs';

const [era, ...where] = process.argv.slice(2);
const server = place(where);
const modern = era === 'modern';

async function open() {
  const client = new Client(
    { name: 'typescript-v2', version: '1' },
    // Without a word on versions this client begins with initialize; 'auto' asks the server first.
    modern ? { versionNegotiation: { mode: 'auto' } } : {},
  );
  const transport = server.http
    ? new StreamableHTTPClientTransport(server.http)
    : new StdioClientTransport({ ...server.stdio, env: process.env, stderr: 'inherit' });
  await client.connect(transport);
  return {
    era: client.getNegotiatedProtocolVersion(),
    tools: async () => (await client.listTools()).tools.map((tool) => tool.name),
    call: (name, args) => client.callTool({ name, arguments: args }),
    read: (uri) => client.readResource({ uri }),
    prompt: (name) => client.getPrompt({ name }),
    close: async () => {
      if (server.http && !modern) await transport.terminateSession();
      await client.close();
    },
  };
}

await journey(open, { era: modern ? '2026-07-28' : '2025-11-25', remembers: true });
