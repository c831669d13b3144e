/**
 * Each room of `src`, and the rooms that its files may import from. A room is a folder with all that is in it but other
 * rooms, or a single file. The name of another part means the whole part.
 */
export const arrows: Record<string, readonly string[]> = {
  "index.ts": ["pool", "course"],

  jupyter: [],
  language: [],
  pool: [],
  document: [],
  course: ["pool"],
  kernel: ["language", "jupyter", "kernel/executor"],
  "kernel/executor": ["language", "jupyter", "kernel/shared"],
  "kernel/protocol": ["jupyter", "kernel/shared"],
  "kernel/shared": ["jupyter"],
  setup: ["kernel/kernelspec.ts"],
  runner: ["jupyter", "document", "setup"],
  checker: ["runner", "language", "document"],
  cli: ["checker", "runner", "document", "kernel", "setup"],
};
