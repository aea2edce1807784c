// The Inspector's command line:
//   node inspector.mjs legacy|modern http URL | stdio COMMAND ARGUMENT...

import { inspector } from './inspecting.mjs';
import { journey } from './journey.mjs';
import { place } from './place.mjs';

const [era, ...where] = process.argv.slice(2);
const server = place(where);
const { method, call } = inspector(server, era);

async function open() {
  const initialized = await method('initialize');
  return {
    era: initialized.protocolVersion,
    tools: async () => (await method('tools/list', '--strict')).tools.map((tool) => tool.name),
    call,
    read: (uri) => method('resources/read', '--uri', uri),
    prompt: (name) => method('prompts/get', '--prompt-name', name),
    close: async () => {},
  };
}

// Over stdio each call meets a server of its own, with an empty cache.
await journey(open, { era: era === 'modern' ? '2026-07-28' : '2025-11-25', remembers: Boolean(server.http) });
