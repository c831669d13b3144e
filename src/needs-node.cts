/** Throws where the package does not work, before anything of it runs. */
const other = "Bun" in globalThis ? "Bun" : "Deno" in globalThis ? "Deno" : undefined;
if (other !== undefined) {
  throw new Error(`poolbook needs Node.js, because its workers are Node processes; this is ${other}`);
}
