import type ts from "typescript";
import type { Compiler } from "../compiler/compiler.js";
import type { Project } from "../compiler/project.js";

/** The services for editors that TypeScript keeps beside its declared API: each works on a program. */
interface Services {
  Completions: {
    getCompletionsAtPosition(
      host: ServiceHost,
      program: ts.Program,
      log: (message: string) => void,
      file: ts.SourceFile,
      position: number,
      preferences: ts.UserPreferences,
      triggerCharacter: string | undefined,
      triggerKind: ts.CompletionTriggerKind,
      cancellation: ts.CancellationToken,
      formatting?: FormatContext,
    ): ts.CompletionInfo | undefined;
    getCompletionEntryDetails(
      program: ts.Program,
      log: (message: string) => void,
      file: ts.SourceFile,
      position: number,
      entry: { name: string; source?: string; data?: ts.CompletionEntryData },
      host: ServiceHost,
      formatting: FormatContext,
      preferences: ts.UserPreferences,
      cancellation: ts.CancellationToken,
    ): ts.CompletionEntryDetails | undefined;
  };
  SignatureHelp: {
    getSignatureHelpItems(
      program: ts.Program,
      file: ts.SourceFile,
      position: number,
      reason: ts.SignatureHelpTriggerReason | undefined,
      cancellation: ts.CancellationToken,
    ): ts.SignatureHelpItems | undefined;
  };
  GoToDefinition: {
    getDefinitionAtPosition(
      program: ts.Program,
      file: ts.SourceFile,
      position: number,
    ): readonly ts.DefinitionInfo[] | undefined;
  };
  NavigationBar: {
    getNavigationTree(file: ts.SourceFile, cancellation: ts.CancellationToken): ts.NavigationTree;
  };
  codefix: {
    getFixes(context: {
      errorCode: number;
      sourceFile: ts.SourceFile;
      span: ts.TextSpan;
      program: ts.Program;
      host: ServiceHost;
      cancellationToken: ts.CancellationToken;
      formatContext: FormatContext;
      preferences: ts.UserPreferences;
    }): ts.CodeFixAction[];
  };
  formatting: { getFormatContext(options: ts.FormatCodeSettings, host: object): FormatContext };
}

interface FormatContext {
  options: ts.FormatCodeSettings;
}

/** The part of a language service's host that these ask for. */
export type ServiceHost = Pick<
  ts.LanguageServiceHost,
  | "getCompilationSettings"
  | "getCurrentDirectory"
  | "fileExists"
  | "readFile"
  | "directoryExists"
  | "readDirectory"
  | "getDirectories"
> & {
  getPackageJsonsVisibleToFile?: undefined;
  useCaseSensitiveFileNames(): boolean;
  getPackageJsonAutoImportProvider?(): ts.Program | undefined;
};

export const uncancelled: ts.CancellationToken = {
  isCancellationRequested: () => false,
  throwIfCancellationRequested: () => {},
};

export const preferences: ts.UserPreferences = {
  includeCompletionsForModuleExports: true,
  includeCompletionsForImportStatements: true,
  includeCompletionsWithInsertText: true,
  includeCompletionsWithSnippetText: false,
  includeAutomaticOptionalChainCompletions: true,
  quotePreference: "double",
  importModuleSpecifierEnding: "js",
};

export function servicesOf(compiler: Compiler): Compiler & Services {
  return compiler as Compiler & Services;
}

/** `others` gives a program of what could be imported, besides what is. */
export function serviceHost(
  { compiler, options, directory }: Project,
  others?: () => ts.Program,
): ServiceHost {
  const { sys } = compiler;
  return {
    ...(others && { getPackageJsonAutoImportProvider: others }),
    getCompilationSettings: () => options,
    getCurrentDirectory: () => directory,
    useCaseSensitiveFileNames: () => true,
    fileExists: (path) => sys.fileExists(path),
    readFile: (path, encoding) => sys.readFile(path, encoding),
    directoryExists: (path) => sys.directoryExists(path),
    readDirectory: (...request) => sys.readDirectory(...request),
    getDirectories: (path) => sys.getDirectories(path),
  };
}

export function formatContext(compiler: Compiler): FormatContext {
  const settings = { ...compiler.getDefaultFormatCodeSettings("\n"), indentSize: 2, tabSize: 2 };
  return servicesOf(compiler).formatting.getFormatContext(settings, {});
}
