// Calls tools with the Inspector's command line, one after the other, and prints a result a line:
//   node calls.mjs legacy|modern URL TOOL ARGUMENTS-AS-JSON [TOOL ARGUMENTS-AS-JSON ...]
// The member _meta of the arguments becomes the metadata of the call.

import { inspector } from './inspecting.mjs';
import { place } from './place.mjs';

const [era, url, ...calls] = process.argv.slice(2);
const { call } = inspector(place(['http', url]), era);
for (let i = 0; i < calls.length; i += 2) {
  const { _meta = {}, ...args } = JSON.parse(calls[i + 1]);
  console.log(JSON.stringify(await call(calls[i], args, _meta)));
}
