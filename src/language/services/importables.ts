import type ts from "typescript";
import type { Compiler } from "../compiler/compiler.js";
import type { Project } from "../compiler/project.js";
import { Resolution } from "../compiler/resolution.js";
import { versionOnDisk } from "../compiler/source-files.js";

/** More packages than these, or more files, would keep an editor waiting. */
const mostPackages = 40;
const mostFiles = 200;

interface Importables {
  /** The files that the program rests on, with the state they had. */
  state: string;
  program: ts.Program;
}

const known = new WeakMap<Project, Importables>();

/**
 * A program of what a project's cells could import and do not yet: the packages of the nearest `package.json`, and files
 * around the notebook. The same one for as long as nothing changes.
 */
export function importables(project: Project): ts.Program {
  const { compiler, directory } = project;
  const files = localFiles(compiler, directory);
  const manifest = compiler.findConfigFile(directory, compiler.sys.fileExists, "package.json");
  const watched = [...files, ...(manifest === undefined ? [] : [manifest])];
  const state = watched.map((path) => `${path} ${versionOnDisk(path)}`).join("\n");
  const before = known.get(project);
  if (before?.state === state) {
    return before.program;
  }
  const resolution = new Resolution(compiler, project.options, compiler.sys, project);
  const packages = packagesIn(compiler, manifest).flatMap(
    (name) => resolution.find(name, project.cellPath).resolvedModule?.resolvedFileName ?? [],
  );
  const program = compiler.createProgram({
    rootNames: [...files, ...packages.slice(0, mostPackages)],
    options: { ...project.options, types: [], noLib: true, maxNodeModuleJsDepth: 0 },
    oldProgram: before?.program,
    host: hostFor(project, resolution),
  });
  known.set(project, { state, program });
  return program;
}

function hostFor({ compiler, files, options, directory }: Project, resolution: Resolution): ts.CompilerHost {
  const { sys } = compiler;
  return {
    getSourceFile: (path, settings) => files.get(path, settings),
    getDefaultLibFileName: () => compiler.getDefaultLibFilePath(options),
    writeFile: () => {},
    getCurrentDirectory: () => directory,
    getCanonicalFileName: (path) => path,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => "\n",
    fileExists: (path) => sys.fileExists(path),
    readFile: (path) => sys.readFile(path),
    realpath: (path) => sys.realpath?.(path) ?? path,
    directoryExists: (path) => sys.directoryExists(path),
    getDirectories: (path) => sys.getDirectories(path),
    resolveModuleNameLiterals: (...request) => resolution.resolve(...request),
    resolveTypeReferenceDirectiveReferences: (...request) => resolution.resolveTypes(...request),
  };
}

/** TypeScript and JavaScript in the notebook's folder and two levels below it. */
function localFiles({ sys }: Compiler, directory: string): string[] {
  const found = sys.readDirectory(
    directory,
    [".ts", ".tsx", ".mts", ".js", ".mjs"],
    ["**/node_modules", "**/.*"],
    undefined,
    3,
  );
  return found.filter((path) => !/\.(?:test|spec|config)\.\w+$|\.d\.[cm]?ts$/.test(path)).slice(0, mostFiles);
}

/** The names of the packages that a project says it needs, those for its development last. */
function packagesIn(compiler: Compiler, manifest: string | undefined): string[] {
  const { config } = manifest === undefined ? {} : compiler.readConfigFile(manifest, compiler.sys.readFile);
  const fields = ["dependencies", "peerDependencies", "optionalDependencies", "devDependencies"];
  const names = fields.flatMap((field) => Object.keys(config?.[field] ?? {}));
  return [...new Set(names)].filter((name) => !name.startsWith("@types/"));
}
