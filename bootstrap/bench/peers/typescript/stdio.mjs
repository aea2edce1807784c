// The measured tool on standard input and output.
import { McpServer } from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { z } from 'zod';

const echo = { description: 'Says the message back.', inputSchema: z.object({ message: z.string() }) };

function server() {
  const made = new McpServer({ name: 'peer', version: '1' });
  made.registerTool('echo', echo, ({ message }) => ({ content: [{ type: 'text', text: message }] }));
  return made;
}

serveStdio(server);
