import { constants, Script, type ScriptOptions } from "node:vm";

let isUsed = false;

/** A script whose `import()` is that of a module of the same name. */
export function importingScript(text: string, options: ScriptOptions): Script {
  const importModuleDynamically = constants.USE_MAIN_CONTEXT_DEFAULT_LOADER;
  if (!isUsed) {
    isUsed = true;
    withoutWarnings(() => new Script("import('node:vm')", { importModuleDynamically }).runInThisContext());
  }
  return new Script(text, { ...options, importModuleDynamically });
}

/** Node warns at the first use that this may change, which no user of a pool can help. */
function withoutWarnings(use: () => void): void {
  const { emitWarning } = process;
  process.emitWarning = () => {};
  try {
    use();
  } finally {
    process.emitWarning = emitWarning;
  }
}
