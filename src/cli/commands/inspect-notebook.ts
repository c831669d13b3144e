import type { DeclaredParameter } from "../../document/parameters/declared-parameter.js";
import { declaredParameters } from "../../document/parameters/inject-parameters.js";
import { findLanguage } from "../../document/parameters/languages/find-language.js";
import { ParameterError } from "../../document/parameters/parameter-value.js";
import { readNotebook } from "../../runner/files/notebook-file.js";
import { notebookLanguage } from "../../runner/kernels/select-kernel.js";
import { findKernelspecs } from "../../setup/kernelspecs.js";

/** `poolbook inspect`: what the notebook declares as its parameters, as text or as JSON. */
export async function inspectNotebook(
  file: string,
  options: { kernel?: string; json?: boolean },
): Promise<string> {
  const notebook = await readNotebook(file);
  const name = await notebookLanguage(notebook, await findKernelspecs(), file, options.kernel);
  const declared = declaredParameters(notebook, findLanguage(name));
  if (!declared) {
    throw new ParameterError(`${file}: parameters in the language "${name}" cannot be read`);
  }
  if (options.json) {
    return `${JSON.stringify(declared, null, 2)}\n`;
  }
  if (declared.length === 0) {
    return `${file} declares no parameters\n`;
  }
  return declared.map((parameter) => `${describe(parameter)}\n`).join("");
}

function describe({ name, type, default: value, comment }: DeclaredParameter): string {
  const typed = type === undefined ? name : `${name}: ${type}`;
  return `${typed} = ${value}${comment === undefined ? "" : `  (${comment})`}`;
}
