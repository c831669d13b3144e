/**
 * Each room of `src`, and the rooms that its files may import from. A room is a folder with all that is in it but other
 * rooms, or a single file. The name of another part means the whole part.
 */
export const arrows: Record<string, readonly string[]> = {
  "index.ts": ["pool", "course"],

  jupyter: [],

  language: [
    "language/compiler",
    "language/cell",
    "language/session",
    "language/transform",
    "language/modules",
    "language/questions",
  ],
  "language/questions": ["language/compiler", "language/cell"],
  "language/modules": ["language/compiler", "language/cell", "language/transform"],
  "language/transform": ["language/compiler", "language/cell"],
  "language/session": ["language/compiler", "language/cell"],
  "language/cell": ["language/compiler"],
  "language/compiler": [],

  "pool/with-pool.ts": ["pool/pool.ts", "pool"],
  "pool/pool.ts": ["pool", "pool/calls", "pool/workers", "pool/functions", "pool/wire"],
  "pool/calls": ["pool", "pool/workers", "pool/functions", "pool/wire"],
  "pool/workers": ["pool", "pool/functions", "pool/wire"],
  "pool/functions": ["pool", "pool/wire"],
  "pool/worker": ["pool", "pool/wire"],
  "pool/wire": ["pool"],
  pool: [],

  course: ["pool"],

  "kernel/main.ts": ["kernel", "kernel/executor", "kernel/tslab", "language", "jupyter"],
  "kernel/executor": [
    "kernel/executor/protocol-thread.ts",
    "kernel/executor/cell",
    "kernel/executor/output",
    "kernel/executor/failures",
    "kernel/executor/interrupts",
    "kernel/shared",
    "kernel/tslab",
    "language",
    "jupyter",
  ],
  "kernel/executor/output": [
    "kernel/executor/protocol-thread.ts",
    "kernel/executor/cell",
    "kernel/shared",
    "jupyter",
  ],
  "kernel/executor/failures": ["kernel/executor/cell", "kernel/shared", "language"],
  "kernel/executor/interrupts": ["kernel/shared"],
  "kernel/executor/cell": ["language"],
  "kernel/executor/protocol-thread.ts": ["kernel/shared", "jupyter"],
  "kernel/protocol": ["kernel/protocol/channels", "kernel/protocol/processes", "kernel/shared", "jupyter"],
  "kernel/protocol/channels": ["kernel/shared", "jupyter"],
  "kernel/protocol/processes": [],
  "kernel/shared": ["jupyter"],
  "kernel/tslab": [],
  kernel: [],

  document: [],
  setup: ["kernel/kernelspec.ts"],
  runner: ["jupyter", "document", "setup"],
  checker: ["runner", "language", "document"],

  courseware: ["courseware/working-copy", "document", "runner", "course"],
  "courseware/working-copy": ["document", "course"],

  "cli/bin.ts": ["cli/program.ts", "cli", "setup"],
  "cli/program.ts": ["cli/commands", "cli/options", "runner", "cli"],
  "cli/commands": [
    "cli",
    "cli/copy",
    "cli/inputs",
    "cli/options",
    "cli/reporters",
    "cli/terminal",
    "courseware",
    "checker",
    "runner",
    "document",
    "setup",
  ],
  "cli/copy": ["cli/options", "cli/terminal", "courseware"],
  "cli/inputs": ["cli/options", "runner", "document"],
  "cli/options": ["runner", "document"],
  "cli/reporters": ["cli/terminal", "checker", "runner", "document"],
  "cli/terminal": ["setup"],
  cli: ["cli/reporters", "checker"],
};
