import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

/** The language as a major version of Node knows it. */
interface Language {
  major: number;
  target: "ES2023" | "ES2024" | "ES2025";
  /** TypeScript's libraries. */
  lib: readonly string[];
}

const inNode24 = ["es2025", "esnext.array", "esnext.disposable", "esnext.error", "esnext.sharedmemory"];

const oldest: Language = { major: 20, target: "ES2023", lib: ["es2023"] };

/** Newest first. `Disposable` comes with the declarations of Node, where `DisposableStack` is not there yet. */
const languages: readonly Language[] = [
  {
    major: 26,
    target: "ES2025",
    lib: [
      ...inNode24,
      "esnext.collection",
      "esnext.date",
      "esnext.intl",
      "esnext.temporal",
      "esnext.typedarrays",
    ],
  },
  { major: 24, target: "ES2025", lib: inNode24 },
  { major: 22, target: "ES2024", lib: ["es2024", "es2025.collection", "es2025.iterator", "esnext.array"] },
  oldest,
];

/** The language of the running Node; for one that is not listed, that of the last one before it. */
export function languageOfNode(): Language {
  const running = Number.parseInt(process.versions.node, 10);
  return languages.find(({ major }) => major <= running) ?? oldest;
}

/** The major versions of Node whose declarations are brought along. */
export const knownMajors: readonly number[] = languages.map(({ major }) => major);

/** The file that declares the API of the running Node, or of another major version. */
export function declarationsOfNode(major: number = languageOfNode().major): string {
  return require.resolve(`node-types-${major}/index.d.ts`).replaceAll("\\", "/");
}

/** The folder with the declarations of Node that a file lies in, unless it is of a package that they bring along. */
export function declarationFolder(path: string): string | undefined {
  return /^.*[\\/]node-types-\d+[\\/](?!node_modules[\\/])/.exec(path)?.[0];
}

/** The folder of `declarationsOfNode`, with a slash at its end. */
export function folderOfNode(major?: number): string {
  return declarationsOfNode(major).replace(/[^/]*$/, "");
}
