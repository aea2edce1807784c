// The steps of a client: one JSON line each on standard output.
//   {"step":"transform","ok":true}   or   {"step":"transform","ok":false,"why":"..."}
// A step that fails does not keep the later ones from being tried; the exit code tells whether all went well.

let failed = false;

/** Runs one step, and returns its result, or undefined if it failed. */
export async function step(name, action) {
  try {
    const result = await action();
    console.log(JSON.stringify({ step: name, ok: true }));
    return result;
  } catch (e) {
    failed = true;
    console.log(JSON.stringify({ step: name, ok: false, why: String(e?.message ?? e) }));
    return undefined;
  }
}

/** Ends the process after the last step. */
export function end() {
  process.exit(failed ? 1 : 0);
}
