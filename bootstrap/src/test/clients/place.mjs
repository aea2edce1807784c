// Where the server is, as the command line says: `http URL`, or `stdio COMMAND ARGUMENT...` to start one.

export function place(words) {
  const [wire, ...rest] = words;
  if (wire === 'http' && rest.length === 1) return { http: new URL(rest[0]) };
  if (wire === 'stdio' && rest.length > 0) return { stdio: { command: rest[0], args: rest.slice(1) } };
  console.error('Say where the server is: http URL, or stdio COMMAND ARGUMENT...');
  process.exit(64);
}
