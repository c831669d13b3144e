import { withoutComments } from "./outline.js";

/** The part of Node's declarations that another text may mean. */
export interface Wanted {
  words: ReadonlySet<string>;
  /** Modules of which it names what it uses, and modules that it may use as a whole; not all of them are Node's. */
  modules: string[];
  wholeModules: string[];
}

const word = /[\p{ID_Start}$_][\p{ID_Continue}$]*/gu;
const namedImport = /\bimport\s+(?:type\s+)?\{([^{}]*)\}\s*from\s*(["'])([^"']+)\2/g;
const memberOfImportType = /\bimport\(\s*(["'])([^"']+)\1\s*\)\s*\.\s*[\w$]/g;
const literal = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g;
/** Between two declarations. */
const beforeDeclaration = /\n(?=(?:export|declare|type|interface|class|function|const|namespace)\s+[\w{*])/;
const quoted = /["'`]([\w/:]+)["'`]/g;
/** In declarations, other text in quotes is a type, unless it picks a member of what names all modules. */
const moduleName = /\b(?:from|import|module|require)\s*\(?\s*["'`]([\w/:]+)["'`]/g;

/** A text may ask what there is, spell names otherwise, or bring a library that declares what Node does. */
const boundless = /\b(?:globalThis|getBuiltinModule)\b|\\u|<reference lib="(?!es)/;
/** Declarations often ask for one of the globals. */
const boundlessDeclaration =
  /\bglobalThis\b(?!\.\w|\s+extends\s*\{|\[["'])|\bgetBuiltinModule\b|\\u|<reference lib="(?!es)/;

/** Undefined of a text that may want anything. */
export function wantedBy(text: string, isDeclaration: boolean): Wanted | undefined {
  if ((isDeclaration ? boundlessDeclaration : boundless).test(text)) {
    return undefined;
  }
  const modules: string[] = [];
  let code = (isDeclaration ? withoutComments(text) : text).replace(
    namedImport,
    (statement, names: string, _, module: string) => {
      if (/\bdefault\b/.test(names)) {
        return statement;
      }
      modules.push(module);
      return names;
    },
  );
  if (isDeclaration) {
    // Elsewhere, it is the promise of a module.
    code = code.replace(memberOfImportType, (type, _, module: string) => {
      modules.push(module);
      return type.slice(type.indexOf(")"));
    });
  }
  const named = isDeclaration && !/\bBuiltInModule\b/.test(code) ? moduleName : quoted;
  const wholeModules = [...code.matchAll(named)].map(([, module = ""]) => module);
  const said = isDeclaration ? code.split(beforeDeclaration).map(withoutLiterals).join("\n") : code;
  return { words: new Set(said.match(word)), modules, wholeModules };
}

/** Of globals alone, a name in quotes brings what it names; members of others come with them. */
function withoutLiterals(declaration: string): string {
  return /\bglobalThis\b/.test(declaration) ? declaration : declaration.replace(literal, "");
}
