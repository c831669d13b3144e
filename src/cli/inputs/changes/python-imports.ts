/** A module, in parts, that Python code imports; `dots` counts those before a relative one. */
export interface PythonImport {
  dots: number;
  parts: string[];
}

const plainImport = /(?:^|[;:])[ \t]*import[ \t]+([^\n;#]+)/gm;
const fromImport = /(?:^|[;:])[ \t]*from[ \t]+(\.*)([\w.]*)[ \t]+import[ \t]+(?:\(([^)]*)\)|([^\n;#]+))/gm;
const importCall = /\b(?:import_module|__import__)\(\s*(["'])(\.*)([\w.]+)\1/g;
const computedCall = /\b(?:import_module|__import__)\(\s*(?!["'\s])/;

/** Every module that the code may import; names imported from a module may be modules too. What only looks like it does no harm. */
export function pythonImports(code: string): PythonImport[] {
  const text = code.replace(/\\\r?\n/g, " ");
  const plain = [...text.matchAll(plainImport)].flatMap(([, names = ""]) =>
    namesIn(names).map((name) => ({ dots: 0, parts: name.split(".") })),
  );
  const from = [...text.matchAll(fromImport)].flatMap(([, dots = "", module = "", listed, line = ""]) => {
    const parts = module === "" ? [] : module.split(".");
    const names = namesIn((listed ?? line).replace(/#[^\n]*/g, ""));
    return [[], ...names.map((name) => [name])].map((more) => ({
      dots: dots.length,
      parts: [...parts, ...more],
    }));
  });
  const called = [...text.matchAll(importCall)].map(([, , dots = "", module = ""]) => ({
    dots: dots.length,
    parts: module.split("."),
  }));
  return [...plain, ...from, ...called].filter(({ dots, parts }) => dots > 0 || parts.length > 0);
}

/** Some import names its module by a value that only running the code tells. */
export function hasComputedImport(code: string): boolean {
  return computedCall.test(code);
}

function namesIn(list: string): string[] {
  return list
    .split(",")
    .map((each) => each.trim().split(/\s+/)[0] ?? "")
    .filter((name) => /^[\w.]+$/.test(name));
}
