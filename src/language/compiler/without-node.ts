import { join } from "node:path";
import type ts from "typescript";
import type { CellSourceFile, Compiler } from "./compiler.js";

// The declarations of Node are most of what the compiler reads at its start. A cell that is right without them means
// the same with them, except where it asks what there is (`keyof typeof globalThis`) or takes what another file says.
// Names of Node's that are often used save the attempt.

const needsNode =
  /\b(?:import|process|Buffer|performance|crypto|fetch|URL|set(?:Timeout|Interval|Immediate))\b/;

const looksFurther = /<reference|\b(?:WebAssembly|require|declare|globalThis)\b/;

/** The declarations of Node for a cell: none, those that it can reach, or all. When it is not right with them, it needs all. */
export type NodeTypesNeeded = "none" | "reachable" | "all";

export function nodeTypesFor(cell: CellSourceFile, options: ts.CompilerOptions): NodeTypesNeeded {
  const isChecked = cell.fileName.endsWith(".ts") && cell.checkJsDirective?.enabled !== false;
  const hasDirectives = (cell.commentDirectives ?? []).length > 0;
  const hasNodeOnly = options.types?.join() === "node";
  const isOfNoBrowser = options.lib?.every((name) => /^lib\.es\d|^lib\.esnext/.test(name)) ?? false;
  if (!isChecked || hasDirectives || !hasNodeOnly || !isOfNoBrowser || looksFurther.test(cell.text)) {
    return "all";
  }
  return needsNode.test(cell.text) ? "reachable" : "none";
}

/** The console as Node declares it, as far as nothing else of Node's is mentioned. */
export const consoleDeclaration = `
interface Console {
  assert(value: any, message?: string, ...optionalParams: any[]): void;
  clear(): void;
  count(label?: string): void;
  countReset(label?: string): void;
  debug(message?: any, ...optionalParams: any[]): void;
  error(message?: any, ...optionalParams: any[]): void;
  group(...label: any[]): void;
  groupCollapsed(...label: any[]): void;
  groupEnd(): void;
  info(message?: any, ...optionalParams: any[]): void;
  log(message?: any, ...optionalParams: any[]): void;
  table(tabularData: any, properties?: readonly string[]): void;
  time(label?: string): void;
  timeEnd(label?: string): void;
  timeLog(label?: string, ...data: any[]): void;
  trace(message?: any, ...optionalParams: any[]): void;
  warn(message?: any, ...optionalParams: any[]): void;
}
declare var console: Console;
`;

/** Node's own types leave `WebAssembly` out; the browser's library, where it is asked for, has it. */
export function needsWebAssembly(files: readonly CellSourceFile[], { lib }: ts.CompilerOptions): boolean {
  const hasBrowser = lib?.some((name) => /^lib\.dom\b/.test(name)) ?? false;
  return !hasBrowser && files.some(({ text }) => /\bWebAssembly\b/.test(text) && !/lib="dom"/.test(text));
}

/** The declarations of `WebAssembly`, which Node has and only the browser's library declares. */
export function webAssemblyDeclaration({ sys }: Compiler, libraryFolder: string): string {
  const browser = sys.readFile(join(libraryFolder, "lib.dom.d.ts")) ?? "";
  const [namespace = ""] = /^declare namespace WebAssembly \{[\s\S]*?^\}/m.exec(browser) ?? [];
  return namespace.replace("{", "{ type BufferSource = ArrayBufferView | ArrayBuffer;");
}
