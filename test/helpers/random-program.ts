import fc from "fast-check";

/** Cells whose texts, joined, are a module that prints numbers and texts with `print`. */
export type RandomProgram = string[];

interface Step {
  kind: number;
  a: number;
  b: number;
  isCut: boolean;
}

/** What the statements so far have declared. */
class Names {
  #count = 0;
  readonly variables: string[] = [];
  readonly constants: string[] = [];
  readonly functions: string[] = [];
  readonly asyncFunctions: string[] = [];
  readonly classes: string[] = [];
  readonly objects: string[] = [];

  fresh(list: string[], prefix: string): string {
    const name = `${prefix}${++this.#count}`;
    list.push(name);
    return name;
  }
}

const pick = (list: string[], at: number): string => list[at % list.length] ?? "0";

/** An expression of numbers. */
function number({ variables, constants, functions, objects }: Names, a: number, b: number): string {
  const value = pick([...variables, ...constants, "7"], a);
  const forms = [
    `${b % 100}`,
    value,
    `(${value} + ${b % 10})`,
    `(${value} % 2 ? ${b % 7} : ${pick([...constants, "3"], b)})`,
    `[${value}, ...[${b % 5}]].reduce((x, y) => x + y)`,
    `\`\${${value}}\`.length`,
    functions.length > 0 ? `${pick(functions, b)}(${value})` : value,
    objects.length > 0 ? `${pick(objects, a)}?.total` : value,
  ];
  return pick(forms, a + b);
}

const statements: ((names: Names, a: number, b: number) => string)[] = [
  (names, a, b) => {
    const value = number(names, a, b);
    return `let ${names.fresh(names.variables, "v")} = ${value};`;
  },
  (names, a, b) => {
    const value = number(names, a, b);
    return `${pick(["const", "export const"], a)} ${names.fresh(names.constants, "c")} = ${value};`;
  },
  (names, a, b) => {
    const value = number(names, a, b);
    return `var ${names.fresh(names.variables, "w")} = ${value}, ${names.fresh(names.variables, "w")} = ${b % 9};`;
  },
  (names, a, b) => `${pick(names.variables, a)} ${pick(["=", "+=", "-="], b)} ${number(names, b, a)};`,
  (names, a, b) => `${pick(names.variables, a)}++; --${pick(names.variables, b)};`,
  (names, a, b) => {
    const variable = pick(names.variables, a);
    const value = number(names, b, a);
    const name = names.fresh(names.functions, "f");
    return `function ${name}(p = 1) { ${variable} = (${variable} + p) % 1000; return ${value} + ${variable}; }`;
  },
  (names, a, b) => {
    const variable = pick(names.variables, a);
    const value = number(names, b, a);
    return `const ${names.fresh(names.functions, "g")} = (p = 2) => { ${variable} += p; return ${value} % 1000; };`;
  },
  (names, a, b) => {
    const variable = pick(names.variables, a);
    const name = names.fresh(names.functions, "h");
    return `const ${name} = (() => { let own = ${b % 10}; return (p = 1) => (own += p) + ${variable}; })();`;
  },
  (names, a) => {
    const variable = pick(names.variables, a);
    const name = names.fresh(names.asyncFunctions, "a");
    return `async function ${name}(p = 1) { await null; ${variable} += p; return ${variable}; }`;
  },
  (names, a, b) => `${pick(names.variables, a)} = await Promise.resolve(${number(names, b, a)});`,
  ({ asyncFunctions, variables }, a) =>
    asyncFunctions.length > 0
      ? `print(await ${pick(asyncFunctions, a)}(${pick(variables, a)}));`
      : "await null;",
  (names, a, b) => {
    const variable = pick(names.variables, a);
    return `for await (const i of [${number(names, b, a)}, ${b % 9}]) { ${variable} += i; }`;
  },
  (names, a, b) => {
    const [variable, value] = [pick(names.variables, a), number(names, a, b)];
    const counter = names.fresh(names.variables, "i");
    return `for (var ${counter} = 0; ${counter} < 3; ${counter}++) { if (${counter} % 2) continue; ${variable} += ${value}; }`;
  },
  (names, a, b) =>
    `for (let i = 0; i < 4; i++) { ${pick(names.variables, a)} += i; if (${pick(names.variables, b)} % 3) break; }`,
  (names, a, b) => {
    const [x, y, z] = [number(names, a, b), number(names, b, a), number(names, a, a)];
    const [p, q, r] = [
      names.fresh(names.variables, "p"),
      names.fresh(names.variables, "q"),
      names.fresh([], "r"),
    ];
    return `let { ${p}, deep: [${q} = ${x}, ...${r}] } = { ${p}: ${y}, deep: [${z}, ${b % 4}] };\nprint(${r});`;
  },
  ({ variables }, a, b) =>
    `[${pick(variables, a)}, ${pick(variables, b)}] = [${pick(variables, b)}, ${pick(variables, a)}];`,
  (names, a, b) => {
    const variable = pick(names.variables, a);
    return `({ ${variable}, other: ${pick(names.variables, b)} = ${b % 8} } = { ${variable}: ${number(names, b, a)}, other: ${a % 6} });`;
  },
  (names, a, b) => {
    const [variable, value] = [pick(names.variables, a), number(names, a, b)];
    const name = names.fresh(names.classes, "K");
    return `class ${name} { x = ${value}; static made = 0; constructor() { ${name}.made++; } add(p = 1) { ${variable} += p; return this.x + ${variable}; } }`;
  },
  ({ classes, variables }, a) =>
    classes.length > 0
      ? `print(new ${pick(classes, a)}().add(${pick(variables, a)}), ${pick(classes, a)}.made, ${pick(classes, a)}.name);`
      : "print('none');",
  (names, a, b) => {
    const [variable, constant] = [
      pick(names.variables, a),
      pick([...names.constants, ...names.variables], b),
    ];
    const name = names.fresh(names.objects, "o");
    return `const ${name} = { ${constant}, get total() { return ${variable}; }, set total(value) { ${variable} = value; }, ["k" + ${a % 3}]: ${b % 5} };`;
  },
  ({ objects, variables }, a, b) =>
    objects.length > 0
      ? `${pick(objects, a)}.total = ${pick(variables, b)} + 1;\nprint(${pick(objects, a)});`
      : "print(1);",
  ({ variables }, a, b) =>
    `{ let ${pick(variables, a)} = ${b % 30}; ${pick(variables, a)}++; print(${pick(variables, a)}, ${pick(variables, b)}); }`,
  ({ variables }, a, b) =>
    `try { if (${pick(variables, a)} % 2) throw new Error("odd"); print("even"); } catch { ${pick(variables, b)}++; } finally { print("done"); }`,
  ({ variables }, a, b) =>
    `switch (${pick(variables, a)} % 3) { case 0: ${pick(variables, b)} += 5; break; case 1: print("one"); default: ${pick(variables, a)}--; }`,
  (names, a, b) => {
    const value = number(names, b, a);
    return `if (${pick(names.variables, a)} % 2 || true) { var ${names.fresh(names.variables, "u")} = ${value}; }`;
  },
  ({ functions }, a) =>
    functions.length > 0
      ? `print(${pick(functions, a)}.name, [1, 2].map((x) => ${pick(functions, a)}(x)));`
      : "print(2);",
  (names, a, b) =>
    `print({ ${pick(names.variables, a)} }, ${number(names, a, b)}, typeof ${pick(names.variables, b)});`,
  (names, a, b) => `print(${pick(names.variables, a)}, ${number(names, b, b)});`,
];

function build(steps: Step[]): RandomProgram {
  const names = new Names();
  const cells = [[`let ${names.fresh(names.variables, "v")} = 1;`]];
  for (const { kind, a, b, isCut } of steps) {
    const text = statements[kind]?.(names, a, b) ?? "";
    if (isCut) {
      cells.push([text]);
    } else {
      cells.at(-1)?.push(text);
    }
  }
  cells.push([`print(${names.variables.join(", ")});`]);
  return cells.map((lines) => `${lines.join("\n")}\n`);
}

export const randomPrograms: fc.Arbitrary<RandomProgram> = fc
  .array(
    fc.record({ kind: fc.nat(statements.length - 1), a: fc.nat(999), b: fc.nat(999), isCut: fc.boolean() }),
    { maxLength: 25 },
  )
  .map(build);
