import { dirname } from "node:path";
import type ts from "typescript";
import type { Compiler } from "../compiler.js";
import type { Resolution } from "../resolution.js";

interface Surroundings {
  compiler: Compiler;
  directory: string;
  options: ts.CompilerOptions;
}

/** Answers TypeScript while it makes a program; the texts, and which there are, are the caller's. */
export function programHost(
  { compiler, directory, options }: Surroundings,
  resolution: Resolution,
  { getSourceFile, fileExists }: Pick<ts.CompilerHost, "getSourceFile" | "fileExists">,
): ts.CompilerHost {
  const { sys } = compiler;
  const library = compiler.getDefaultLibFilePath(options);
  return {
    getSourceFile,
    getDefaultLibFileName: () => library,
    getDefaultLibLocation: () => dirname(library),
    writeFile: () => {},
    getCurrentDirectory: () => directory,
    getCanonicalFileName: (path) => path,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => "\n",
    fileExists,
    readFile: (path) => sys.readFile(path),
    realpath: (path) => sys.realpath?.(path) ?? path,
    directoryExists: (path) => sys.directoryExists(path),
    getDirectories: (path) => sys.getDirectories(path),
    resolveModuleNameLiterals: (...request) => resolution.resolve(...request),
    resolveTypeReferenceDirectiveReferences: (...request) => resolution.resolveTypes(...request),
    getModuleResolutionCache: () => resolution.cache,
    hasInvalidatedResolutions: (path) => resolution.hasUnresolved(path),
  };
}
