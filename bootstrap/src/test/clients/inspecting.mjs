// The Inspector's command line, one process per call.

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const launcher = join(
  dirname(createRequire(import.meta.url).resolve('@modelcontextprotocol/inspector/package.json')),
  'clients/launcher/build/index.js',
);

const words = (option, pairs) =>
  Object.entries(pairs).flatMap(([name, value]) => [
    option,
    `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  ]);

// The Inspector in that era, towards a server as place.mjs understands it.
export function inspector(server, era) {
  const home = mkdtempSync(join(tmpdir(), 'inspector-'));
  const config = join(home, 'mcp.json');
  const kind = server.http ? { type: 'streamable-http', url: server.http.href } : { type: 'stdio', ...server.stdio };
  writeFileSync(config, JSON.stringify({ mcpServers: { breakwater: { ...kind, protocolEra: era } } }));
  process.on('exit', () => rmSync(home, { recursive: true, force: true }));

  // Exit code 5 says that the tool's result is an error, which is printed all the same; 6, under --strict, that a tool's
  // schema would not be understood by some clients.
  function inspect(...options) {
    const args = [launcher, '--cli', '--config', config, '--server', 'breakwater', '--format', 'json', ...options];
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

  const method = (name, ...options) => inspect('--method', name, ...options);
  const call = (name, args, meta = {}) =>
    method('tools/call', '--tool-name', name, ...words('--tool-arg', args), ...words('--tool-metadata', meta));
  return { method, call };
}
