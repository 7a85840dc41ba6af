// Calls into a WebAssembly module that has no `main`.

import { readFile } from "node:fs/promises";

const { instance } = await WebAssembly.instantiate(await readFile(process.argv[2]));
const { memory, report_start, report_len, __wasm_call_ctors } = instance.exports;
__wasm_call_ctors();
// The module's memory is another one when it has grown.
const [start, len] = [report_start(), report_len()];
process.stdout.write(new TextDecoder().decode(new Uint8Array(memory.buffer, start, len)));
