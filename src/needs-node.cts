/** Throws where the package does not work, before anything of it runs. */
const other = "Bun" in globalThis ? "Bun" : "Deno" in globalThis ? "Deno" : undefined;
if (other !== undefined) {
  throw new Error(`poolbook needs Node.js, because its workers are Node processes; this is ${other}`);
}

// In a bundle, this is no longer a file of its own; one of ES modules has no file names.
if (typeof __filename === "undefined" || !__filename.endsWith("needs-node.cjs")) {
  throw new Error(
    "poolbook cannot be bundled, because its workers run files of the package; leave it external (esbuild: --external:poolbook)",
  );
}
