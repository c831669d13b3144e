import path from "node:path";
import { fileURLToPath } from "node:url";

const poolbookBin = fileURLToPath(import.meta.resolve("#dist/cli/bin.js"));

/** The command lines that execute a notebook and write the result into `folder`, with each of the tools. */
export function tools(environment: string, folder: string) {
  const output = path.join(folder, "out");
  const bin = (name: string) => path.join(environment, "bin", name);
  return {
    poolbook: (args: string[]) => [process.execPath, poolbookBin, "run", ...args, "--output-dir", output],
    papermill: (file: string) => [bin("papermill"), file, path.join(folder, "papermill.out.ipynb")],
    jupyterExecute: (file: string) => [
      bin("jupyter"),
      "execute",
      file,
      "--output",
      path.join(folder, "execute.out"),
    ],
  };
}
