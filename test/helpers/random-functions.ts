import { transformSync } from "esbuild";
import fc from "fast-check";

/** A program that declares functions, classes and data, each using some before it, and gives a function of them all. */
export const programs: fc.Arbitrary<string> = fc
  .record({
    isStrict: fc.boolean(),
    hasOldDecorators: fc.boolean(),
    order: fc.infiniteStream(fc.nat(1000)),
    declarations: fc.array(
      fc.record({ kind: fc.nat(1000), uses: fc.tuple(fc.nat(1000), fc.nat(1000)), number: fc.nat(9) }),
      { minLength: 1, maxLength: 8 },
    ),
  })
  .map(({ isStrict, hasOldDecorators, order, declarations }) => {
    const known: Known[] = [];
    const texts = declarations.map(({ kind, uses: [first, second], number }, index) => {
      const form = forms[kind % forms.length] ?? data;
      const name = `n${index}`;
      const { text, use } = form(name, number, new Uses(known, { first, second, hasOldDecorators }));
      known.push({ name, use, isClass: /^class /.test(text) });
      return text;
    });
    const seen = [...known]
      .map((one) => ({ one, key: order.next().value ?? 0 }))
      .sort((a, b) => a.key - b.key);
    const uses = seen.map(({ one }) => one.use).join(", ");
    const text = `(function () { ${isStrict ? '"use strict"; ' : ""}${texts.join("\n")}\nreturn () => [${uses}]; })()`;
    return text.includes("@") ? compiled(text, hasOldDecorators) : text;
  });

function compiled(text: string, experimentalDecorators: boolean): string {
  const tsconfigRaw = { compilerOptions: { experimentalDecorators } };
  return transformSync(text, { loader: "ts", target: "es2022", tsconfigRaw }).code;
}

interface Known {
  readonly name: string;
  /** An expression whose value tells of it. */
  readonly use: string;
  readonly isClass: boolean;
}

class Uses {
  readonly #known: readonly Known[];
  readonly #first: number;
  readonly #second: number;

  readonly hasOldDecorators: boolean;

  constructor(
    known: readonly Known[],
    { first, second, hasOldDecorators }: { first: number; second: number; hasOldDecorators: boolean },
  ) {
    this.#known = known;
    this.hasOldDecorators = hasOldDecorators;
    this.#first = first;
    this.#second = second;
  }

  get one(): string {
    return this.#known[this.#first % (this.#known.length || 1)]?.use ?? "1";
  }

  get other(): string {
    return this.#known[this.#second % (this.#known.length || 1)]?.use ?? "2";
  }

  get class(): string | undefined {
    const classes = this.#known.filter(({ isClass }) => isClass);
    return classes[this.#first % (classes.length || 1)]?.name;
  }
}

type Form = (name: string, number: number, uses: Uses) => { text: string; use: string };

const data: Form = (name, number) => ({
  text: `const ${name} = { a: [${number}, , "x"], b: new Map([[1, new Set([${number}n])]]), c: new Date(${number}), d: undefined };`,
  use: `[${name}.a.length, ${name}.a[0], [...${name}.b.get(1)].join(), ${name}.c.getTime(), "d" in ${name}]`,
});

const forms: readonly Form[] = [
  data,
  (name, number, { one }) => ({
    text: `function ${name}(x) { return [x + ${number}, ${one}]; }`,
    use: `${name}(1)`,
  }),
  (name, number, { one }) => ({
    text: `const ${name} = ((a) => (x = a) => [x, a, ${one}])(${number});`,
    use: `${name}()`,
  }),
  (name, number, { one }) => ({
    text: `const ${name} = (function () { return function own(n) { return n < ${number} ? ((m) => own(m + 1))(n) : [n, ${one}]; }; })();`,
    use: `${name}(0)`,
  }),
  (name, number) => ({
    text: `const ${name} = (function own(n) { return () => n > 3 ? n : own(n + 1)(); })(${number});`,
    use: `${name}()`,
  }),
  (name, number, { one }) => ({
    text: `const ${name} = { key: ${number}, plain() { return ${one}; }, get got() { return ${number}; }, ["com" + "puted"]: async () => 1 };`,
    use: `[${name}.key, ${name}.plain(), typeof ${name}.computed]`,
  }),
  (name, number, { one }) => ({
    text: `function* ${name}(n) { for (let i = 0; i < n; i++) { yield [i * ${number}, ${one}]; } }`,
    use: `[...${name}(2)]`,
  }),
  (name, number, uses) => ({
    text: `class ${name} ${uses.class ? `extends ${uses.class}` : ""} {
      static level = ${number};
      own = ${number};
      constructor(...given) { super_(...given); }
      get got() { return [this.own, ${uses.one}]; }
      said() { return ${uses.other}; }
    }`.replace("super_(...given);", uses.class ? "super(...given);" : ""),
    use: `[new ${name}().got, new ${name}().said(), ${name}.level, Object.keys(new ${name}())]`,
  }),
  (name, number, { one }) => ({
    text: `class ${name} {
      static #count = ${number};
      #hidden = [${number}];
      static { this.made = [${number}]; }
      static next() { return ++${name}.#count; }
      got() { return [this.#hidden, ${one}]; }
      static toString() { return "${name}"; }
    } ${name}.next();`,
    use: `[new ${name}().got(), ${name}.next(), ${name}.made, String(${name})]`,
  }),
  (name, number, uses) => ({
    text: `class ${name} ${uses.class ? `extends (0, ${uses.class})` : ""} { said() { return ${number}; } }
      { const { said } = ${name}.prototype; ${name}.prototype.said = function (...all) { return ["wrapped", said.apply(this, all), ${uses.one}]; }; }
      ${name}.added = [${number}]; Object.defineProperty(${name}.prototype, "hidden", { get() { return ${number}; } });`,
    use: `[new ${name}().said(), ${name}.added, new ${name}().hidden]`,
  }),
  (name, number, { one }) => ({
    text: `function ${name}(size) { if (!new.target) { return new ${name}(size); } this.size = size; }
      ${name}.prototype.grown = function () { return [this.size + ${number}, ${one}]; };
      ${name}.kind = "${name}";`,
    use: `[new ${name}(1).grown(), ${name}(2) instanceof ${name}, ${name}.kind]`,
  }),
  (name, number, uses) => ({
    text: `const ${name} = ${uses.class ? `Object.assign(new ${uses.class}(), { extra: ${number} })` : `[${number}]`};`,
    use: uses.class
      ? `[${name}.extra, ${name} instanceof ${uses.class}, Object.keys(${name})]`
      : `${name}[0]`,
  }),
  (name, number, { one }) => ({
    text: `let ${name} = ${number}; ${name} += 1;`,
    use: `[${name}, typeof nowhere${name} === "undefined" ? ${one} : nowhere${name}]`,
  }),
  (name, number, { one }) => ({
    text: `const ${name} = new (class extends Map { top() { return [...this.keys()].concat(${number}); } })([[${number}, 1]]);
      ${name}.fn = () => ${one};`,
    use: `[${name}.top(), ${name}.size, ${name}.fn()]`,
  }),
  (name, number, { one, hasOldDecorators }) => ({
    text: hasOldDecorators
      ? `const on${name} = (type, key, place) => { if (place) { const { value } = place; return { ...place, value(...all) { return ["wrapped", value.apply(this, all), ${one}]; } }; } };
        @((type) => { type.noted = ${number}; }) class ${name} { @on${name} said(n) { return [n, this.size]; } @on${name} static made() { return ${number}; } @on${name} size = ${number}; }`
      : `const on${name} = (value, { kind }) => kind === "field" ? (given) => given + 1 : function (...all) { return ["wrapped", value.apply(this, all), ${one}]; };
        @((type) => { type.noted = ${number}; }) class ${name} { @on${name} said(n) { return [n, this.size]; } @on${name} static made() { return ${number}; } @on${name} size = ${number}; }`,
    use: `[new ${name}().said(1), ${name}.made(), new ${name}().size, ${name}.noted]`,
  }),
];
