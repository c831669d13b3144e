/** Node's warnings about the means by which the kernel runs cells; the user has no part in it. */
const ours = ["vm.USE_MAIN_CONTEXT_DEFAULT_LOADER", "Support for loading ES Module in require"];

export function silenceOwnWarnings(): void {
  const { emitWarning } = process;
  process.emitWarning = (warning: string | Error, ...rest: unknown[]) => {
    const text = typeof warning === "string" ? warning : warning.message;
    if (!ours.some((start) => text.startsWith(start))) {
      Reflect.apply(emitWarning, process, [warning, ...rest]);
    }
  };
}
