import { fileURLToPath } from "node:url";
import type { MapFrame } from "../../../language/index.js";
import { hasChanges, intact } from "../../shared/intact-builtins.js";
import { wrapperName } from "../cell/cell-function.js";
import { attempt } from "./shown-text.js";

const kernelFolders = ["../..", "../../../language/", "../../../display/"].map((folder) =>
  fileURLToPath(new URL(folder, import.meta.url)),
);
const cellFile = /^cell\[[^\]]*\]\.[jt]s$/;

export function isCellFile(fileName: string): boolean {
  return cellFile.test(fileName);
}

/**
 * Makes every stack name the cell and the place in what the user wrote, without the frames of the kernel and without
 * what Node did before the user's code was called.
 */
export function installStackTraces(mapFrame: MapFrame): void {
  const describe = (error: Error, callSites: NodeJS.CallSite[]): string => {
    const frames = callSites.map((site) => frameOf(site, mapFrame));
    const lastOfUser = frames.findLastIndex(({ isUser }) => isUser);
    const shown = lastOfUser < 0 ? frames : frames.slice(0, lastOfUser + 1);
    const lines = shown.filter(({ isKernel }) => !isKernel).map(({ text }) => `\n    at ${text}`);
    if (isCellFile(callSites[0]?.getFileName() ?? "")) {
      sayNames(error);
    }
    return headerOf(error) + lines.join("");
  };
  const prepare = (error: Error, callSites: NodeJS.CallSite[]): string => {
    const described = hasChanges() ? undefined : attempt(() => describe(error, callSites));
    // The cell that runs may just have changed what `describe` calls.
    return described ?? intact(() => describe(error, callSites));
  };
  let current: unknown = prepare;
  Object.defineProperty(Error, "prepareStackTrace", {
    configurable: true,
    // Whoever sets it to undefined wants the usual stacks back.
    get: () => (typeof current === "function" ? current : prepare),
    set: (value: unknown) => {
      current = value;
    },
  });
}

/**
 * The compiled text of a cell avoids it that V8 says `exports.name`, the place of a notebook's variable, for the
 * variable. It cannot in default values of parameters and in class fields.
 */
function sayNames(error: unknown): void {
  if (error instanceof TypeError) {
    const message = error.message.replace(
      /^\(0 , exports\.([\p{ID_Continue}$]+)\)|^exports\.(?=[\p{ID_Start}$_])/u,
      "$1",
    );
    if (message !== error.message) {
      error.message = message;
    }
  }
}

function headerOf(error: unknown): string {
  try {
    return Reflect.apply(Error.prototype.toString, error, []);
  } catch {
    return "Error";
  }
}

interface Frame {
  text: string;
  isUser: boolean;
  isKernel: boolean;
}

function frameOf(site: NodeJS.CallSite, mapFrame: MapFrame): Frame {
  const file = site.getFileName() ?? "";
  const path = file.startsWith("file:") ? fileURLToPath(file) : file;
  const isKernel =
    kernelFolders.some((folder) => path.startsWith(folder)) ||
    /[\\/]tslab[\\/]dist[\\/]/.test(path) ||
    (isCellFile(path) && site.getFunctionName() === wrapperName);
  const isUser = !isKernel && file !== "" && !file.startsWith("node:");
  const line = site.getLineNumber();
  const column = site.getColumnNumber();
  const text = isCellFile(file) ? String(site).replace(/^(async |new )?exports\./, "$1") : String(site);
  if (!isUser || line === null || column === null) {
    return { text, isUser, isKernel };
  }
  const mapped = mapFrame({ fileName: file, line, column });
  const original = `${file}:${line}:${column}`;
  return {
    // The rest of a cell's text is what the compiler has added: the functions that it calls.
    isKernel: !mapped && isCellFile(file),
    text: mapped ? text.replace(original, `${mapped.fileName}:${mapped.line}:${mapped.column}`) : text,
    isUser: isUser && (mapped !== undefined || !isCellFile(file)),
  };
}
