const withValue = /^(-r|--require|--import|--(experimental-)?loader|-C|--conditions)$/;
const ofModules =
  /^(-r|--require|--import|--(experimental-)?loader|-C|--conditions|--preserve-symlinks|--(no-)?experimental-(strip|transform)-types|--experimental-(require-module|wasm-modules|default-type|detect-module))(=|$)/;

/** The options of this process that say how modules are loaded, so that its workers load what it has loaded. */
export function moduleOptions(execArgv: readonly string[] = process.execArgv): string[] {
  const inherited: string[] = [];
  for (let index = 0; index < execArgv.length; index++) {
    const option = execArgv[index] ?? "";
    if (ofModules.test(option)) {
      inherited.push(option);
      const value = execArgv[index + 1];
      if (withValue.test(option) && value !== undefined) {
        inherited.push(value);
        index++;
      }
    }
  }
  return inherited;
}
