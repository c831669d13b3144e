const withValue = /^(-r|--require|--import|--(experimental-)?loader|-C|--conditions)$/;
const ofModules =
  /^(-r|--require|--import|--(experimental-)?loader|-C|--conditions|--preserve-symlinks|--(no-)?experimental-(strip|transform)-types|--experimental-(require-module|wasm-modules|default-type|detect-module))(=|$)/;
const ofThePlace = /^(--expose[-_]gc|--stack[-_]trace[-_]limit=.*|--enable-source-maps)$/;

/**
 * The options of this process that its workers share: those that say how modules are loaded, so that they load what it
 * has loaded, `--expose-gc`, `--stack-trace-limit` and `--enable-source-maps`.
 */
export function inheritedOptions(execArgv: readonly string[] = process.execArgv): string[] {
  const inherited: string[] = [];
  for (let index = 0; index < execArgv.length; index++) {
    const option = execArgv[index] ?? "";
    if (!ofModules.test(option) && !ofThePlace.test(option)) {
      continue;
    }
    inherited.push(option);
    const value = execArgv[index + 1];
    if (withValue.test(option) && value !== undefined) {
      inherited.push(value);
      index++;
    }
  }
  return inherited;
}
