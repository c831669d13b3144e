import type { JsonObject } from "../../jupyter/json-object.js";
import { protocolVersion } from "../../jupyter/message.js";

export interface KernelIdentity {
  language: "typescript" | "javascript";
  languageVersion: string;
  implementationVersion: string;
}

export function kernelInfo({ language, languageVersion, implementationVersion }: KernelIdentity): JsonObject {
  const isTypeScript = language === "typescript";
  const title = isTypeScript ? `TypeScript ${languageVersion}` : "JavaScript";
  return {
    status: "ok",
    protocol_version: protocolVersion,
    implementation: isTypeScript ? "tslab" : "jslab",
    implementation_version: implementationVersion,
    language_info: {
      name: language,
      version: isTypeScript ? languageVersion : process.versions.node,
      mimetype: `text/${language}`,
      file_extension: isTypeScript ? ".ts" : ".js",
      pygments_lexer: language,
      // JupyterLab takes an object's `name` for the language, and would show JavaScript.
      codemirror_mode: language,
      nbconvert_exporter: "script",
    },
    banner: `${title} on Node.js ${process.version} (tslab ${implementationVersion})`,
    // It shows variables; what it refuses, front ends do not offer.
    debugger: true,
    supported_features: ["debugger", "kernel subshells"],
    // Front ends that know of `poolbook_language_request` see that it may be sent.
    poolbook: { language_requests: true },
    help_links: [
      { text: "TypeScript", url: "https://www.typescriptlang.org/docs/" },
      { text: "Node.js", url: "https://nodejs.org/docs/latest/api/" },
      { text: "tslab", url: "https://github.com/yunabe/tslab" },
    ],
  };
}
