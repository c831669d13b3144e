import { TypesOfNotebooks } from "../../../checker/types/check-types.js";
import type { TypesOptions } from "../../../checker/types/types-options.js";
import type { CheckReporter } from "../../reporters/check-reporter.js";
import { TypesFindings } from "../../reporters/types/types-findings.js";
import { type Contents, watchFiles } from "../check/watch-files.js";

export interface WatchedTypes {
  /** The checker that has checked the notebooks, and its options. */
  checker: TypesOfNotebooks;
  options: TypesOptions;
  /** The contents of the notebooks at the time. */
  notebooks: Contents;
}

/** Checks a notebook again when it is saved, and all of them when a file on which they rest is, until `signal` aborts. */
export async function watchTypes(
  { checker, options, notebooks }: WatchedTypes,
  reporter: CheckReporter,
  signal: AbortSignal,
): Promise<void> {
  const files = [...notebooks.keys()];
  let current = checker;
  const check = async (saved: string): Promise<boolean> => {
    const isNotebook = files.includes(saved);
    if (!isNotebook) {
      current.close();
      current = new TypesOfNotebooks(options);
    }
    const findings = new TypesFindings();
    for (const file of isNotebook ? [saved] : files) {
      reporter.ended(findings.of(await current.check(file)));
    }
    return false;
  };
  await watchFiles(notebooks, check, signal, () => current.sources);
  current.close();
}
