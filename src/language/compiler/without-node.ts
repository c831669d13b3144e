import { join } from "node:path";
import type ts from "typescript-for-cells";
import type { CellSourceFile, Compiler } from "./compiler.js";

// The declarations of Node are most of what the compiler reads at its start. A cell that is right without them means
// the same with them, except where it asks what there is (`keyof typeof globalThis`) or takes what another file says.
// Names of Node's that are often used save the attempt.

const looksFurther =
  /<reference|\b(?:WebAssembly|import|require|declare|globalThis|process|Buffer|performance|crypto|fetch|URL|set(?:Timeout|Interval|Immediate))\b/;

/** True of a cell that may be compiled without the declarations of Node; when it then is not right, it needs them. */
export function mayDoWithoutNode(cell: CellSourceFile, options: ts.CompilerOptions): boolean {
  const isChecked = cell.fileName.endsWith(".ts") && cell.checkJsDirective?.enabled !== false;
  const hasNodeOnly = options.types?.join() === "node";
  const isOfNoBrowser = options.lib?.every((name) => /^lib\.es\d|^lib\.esnext/.test(name)) ?? false;
  return isChecked && hasNodeOnly && isOfNoBrowser && !looksFurther.test(cell.text);
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

/** The declarations of `WebAssembly`, which Node has and only the browser's library declares. */
export function webAssemblyDeclaration({ sys }: Compiler, libraryFolder: string): string {
  const browser = sys.readFile(join(libraryFolder, "lib.dom.d.ts")) ?? "";
  const [namespace = ""] = /^declare namespace WebAssembly \{[\s\S]*?^\}/m.exec(browser) ?? [];
  return namespace.replace("{", "{ type BufferSource = ArrayBufferView | ArrayBuffer;");
}
