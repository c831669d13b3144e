import type { PackageCase, Way } from "./cases.js";

/** The result of a case: the value as JSON here and in the worker, or the name and message of an error. */
export interface Outcome {
  readonly name: string;
  readonly way: Way;
  readonly here: string;
  readonly there: string;
}

export const marker = "OUTCOME ";

/** The start of a program, in JavaScript that is TypeScript as well. */
export const prelude = `
const settled = async (run) => { try { return JSON.stringify(await run()) ?? "undefined"; } catch (error) { return error.name + ": " + error.message; } };
const outcome = async (name, way, here, there) => console.log(${JSON.stringify(marker)} + JSON.stringify({ name, way, here: await settled(here), there: await settled(there) }));
`;

/** The imports of a case, and the statements that compute it here and in a worker; \`pool\` is there. */
export function programOf({ name, imports, root, used, inside, made }: PackageCase): {
  imports: string;
  statements: string;
} {
  const both = (way: Way, fn: string) =>
    `{ const fn = ${fn}; await outcome(${JSON.stringify(name)}, "${way}", fn, () => pool.apply(fn)); }`;
  const from = /from ("[^"]+")/.exec(imports)?.[1] ?? "";
  const statements = [
    ...(root === undefined
      ? []
      : [
          `{ const [fn, args] = ${root}; await outcome(${JSON.stringify(name)}, "root", () => fn(...args), () => pool.apply(fn, args)); }`,
        ]),
    both("used", `async () => ${used}`),
    both("inside", `async () => { const it = await import(${from}); return ${inside}; }`),
    ...(made === undefined ? [] : [`{ const made = ${made[0]}; ${both("made", `async () => ${made[1]}`)} }`]),
  ];
  return { imports, statements: statements.join("\n") };
}
