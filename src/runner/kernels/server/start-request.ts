import { userInfo } from "node:os";
import path from "node:path";

/** The body of a request for a new kernel, with what @jupyterlab/services does not know of. */
export interface StartRequest {
  name: string;
  /** The kernel's folder, below the server's root; a server without such a folder takes its root. */
  path?: string;
  env: Record<string, string>;
}

/**
 * Asks for a kernel in `cwd`, as far as a server can know it: a Jupyter server by the path from the current folder, which the server's
 * root should be too; an Enterprise Gateway by KERNEL_WORKING_DIR. Variables that begin with `KERNEL_` are passed on, as Jupyter's own
 * client of a gateway does.
 */
export function startRequest(name: string, cwd: string): StartRequest {
  const relative = path.relative(process.cwd(), cwd);
  const isBelow = !relative.startsWith("..") && !path.isAbsolute(relative);
  const passedOn = Object.entries(process.env).flatMap(([variable, value]) =>
    variable.startsWith("KERNEL_") && value !== undefined ? [[variable, value]] : [],
  );
  return {
    name,
    ...(isBelow && relative !== "" && { path: relative.split(path.sep).join("/") }),
    env: { KERNEL_USERNAME: userName(), KERNEL_WORKING_DIR: cwd, ...Object.fromEntries(passedOn) },
  };
}

/** A process in a container may run as a user that nobody has named. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return process.env.USER ?? "";
  }
}
