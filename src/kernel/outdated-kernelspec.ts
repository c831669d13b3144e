import { javascriptFlag, nodeFlags } from "./kernelspec.js";

/** The start of a process, as `process` tells it. */
export interface Launch {
  /** Node's own flags. */
  execArgv: string[];
  /** The arguments of the kernel behind its connection file. */
  flags: string[];
  /** Further flags of Node's, in the variable NODE_OPTIONS. */
  nodeOptions?: string;
}

/**
 * A sentence on how to renew the kernelspec that started the kernel, where another version of poolbook wrote it:
 * undefined when Node and the kernel have the flags that `kernelspec()` gives them. Further flags of Node's are the
 * user's own.
 */
export function outdatedKernelspec({ execArgv, flags, nodeOptions = "" }: Launch): string | undefined {
  const given = [...execArgv, ...nodeOptions.split(/\s+/)];
  const problems = [
    ...nodeFlags.filter((flag) => !given.includes(flag)).map((flag) => `${flag} is missing`),
    ...flags.filter((flag) => flag !== javascriptFlag).map((flag) => `${flag} is not known`),
  ];
  return problems.length === 0
    ? undefined
    : `This kernel was started by the kernelspec of another version of poolbook (${problems.join(", ")}). ` +
        'Renew it with "npx poolbook kernel install --prefix PREFIX", where PREFIX is the sys.prefix of your Jupyter.';
}
