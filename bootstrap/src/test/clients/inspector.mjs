// The Inspector's command line, one process per call:
//   node inspector.mjs legacy|modern http URL | stdio COMMAND ARGUMENT...

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { journey } from './journey.mjs';
import { place } from './place.mjs';

const [era, ...where] = process.argv.slice(2);
const server = place(where);
const home = mkdtempSync(join(tmpdir(), 'inspector-'));
const config = join(home, 'mcp.json');
const launcher = join(
  dirname(createRequire(import.meta.url).resolve('@modelcontextprotocol/inspector/package.json')),
  'clients/launcher/build/index.js',
);

const kind = server.http ? { type: 'streamable-http', url: server.http.href } : { type: 'stdio', ...server.stdio };
writeFileSync(config, JSON.stringify({ mcpServers: { breakwater: { ...kind, protocolEra: era } } }));
process.on('exit', () => rmSync(home, { recursive: true, force: true }));

// Exit code 5 says that the tool's result is an error, which is printed all the same; 6, under --strict, that a tool's
// schema would not be understood by some clients.
function inspect(...words) {
  const args = [launcher, '--cli', '--config', config, '--server', 'breakwater', '--format', 'json', ...words];
  const env = { ...process.env, HOME: home, MCP_INSPECTOR_SECRET_STORE: 'memory' };
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '';
    let err = '';
    child.stdout.on('data', (some) => (out += some));
    child.stderr.on('data', (some) => (err += some));
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0 || code === 5 ? resolve(JSON.parse(out).result) : reject(new Error(`exit code ${code}: ${err}${out}`)),
    );
  });
}

const method = (name, ...words) => inspect('--method', name, ...words);

const words = (args) =>
  Object.entries(args).flatMap(([name, value]) => [
    '--tool-arg',
    `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  ]);

async function open() {
  const initialized = await method('initialize');
  return {
    era: initialized.protocolVersion,
    tools: async () => (await method('tools/list', '--strict')).tools.map((tool) => tool.name),
    call: (name, args) => method('tools/call', '--tool-name', name, ...words(args)),
    read: (uri) => method('resources/read', '--uri', uri),
    prompt: (name) => method('prompts/get', '--prompt-name', name),
    close: async () => {},
  };
}

// Over stdio each call meets a server of its own, with an empty cache.
await journey(open, { era: era === 'modern' ? '2026-07-28' : '2025-11-25', remembers: Boolean(server.http) });
