import { setTimeout as delay } from "node:timers/promises";
import { isJsonObject, type JsonObject } from "../../../jupyter/json-object.js";
import type { Member, Variables } from "../inspection/variables.js";
import { References } from "./references.js";

// `debug_request` carries a request of the Debug Adapter Protocol, `debug_reply` its response. Of that protocol there
// is what JupyterLab's panel needs to show variables: https://microsoft.github.io/debug-adapter-protocol

const forLater = "This kernel's debugger shows variables only: breakpoints and stepping are for later";
/** The milliseconds that a value may take to show itself, which it does when the main thread comes to it. */
const patience = 500;

/** The content of a response; front ends look into its body also where the request was refused. */
interface Answer {
  body?: JsonObject;
  refusal?: string;
}

export interface DebugParts {
  variables: Variables;
  fileExtension: string;
  /** The data by MIME type of a variable, when the main thread has come to it; undefined when there is none. */
  show(name: string): Promise<JsonObject | undefined>;
}

/** Answers the requests of a front end's debugger. */
export class DebugRequests {
  readonly #parts: DebugParts;
  readonly #references = new References();
  #isStarted = false;

  constructor(parts: DebugParts) {
    this.#parts = parts;
  }

  /** The content of the `debug_reply`. */
  async reply({ seq, command, arguments: given }: JsonObject): Promise<JsonObject> {
    const response = { type: "response", seq, request_seq: seq, command };
    const { refusal, body = {} } = await this.#answer(command, isJsonObject(given) ? given : {}).catch(
      ({ message }: Error) => ({ refusal: message, body: { variables: [] } }),
    );
    return refusal === undefined
      ? { ...response, success: true, body }
      : { ...response, success: false, message: refusal, body };
  }

  async #answer(command: unknown, given: JsonObject): Promise<Answer> {
    switch (command) {
      case "initialize":
        this.#isStarted = true;
        // Without filters of exceptions JupyterLab does not offer to pause on them.
        return { body: { supportsConfigurationDoneRequest: true } };
      case "attach":
      case "configurationDone":
        return {};
      case "disconnect":
        this.#isStarted = false;
        return {};
      case "debugInfo":
        return { body: this.#info() };
      case "inspectVariables":
        return this.#members([]);
      case "variables":
        // JupyterLab asks for the members of every function, too.
        return given.variablesReference === 0
          ? { body: { variables: [] } }
          : this.#members(this.#references.path(given.variablesReference));
      case "richInspectVariables":
        return this.#rich(String(given.variableName));
      case "setBreakpoints":
        return { body: { breakpoints: [] }, ...refusalUnlessEmpty(given.breakpoints) };
      case "setExceptionBreakpoints":
        return refusalUnlessEmpty(given.filters);
      case "modules":
        return { body: { modules: [], totalModules: 0 } };
      case "dumpCell":
        return { refusal: forLater, body: { sourcePath: "" } };
      default:
        return { refusal: forLater };
    }
  }

  #info(): JsonObject {
    return {
      isStarted: this.#isStarted,
      hashMethod: "Murmur2",
      hashSeed: 0,
      tmpFilePrefix: "cell-",
      tmpFileSuffix: this.#parts.fileExtension,
      breakpoints: [],
      stoppedThreads: [],
      richRendering: true,
      exceptionPaths: [],
      copyToGlobals: false,
    };
  }

  async #members(path: readonly string[] | undefined): Promise<Answer> {
    const members = path && (await this.#parts.variables.members(path));
    return members
      ? { body: { variables: members.map((member) => this.#variable(path, member)) } }
      : { body: { variables: [] }, refusal: "There is no such variable any more" };
  }

  #variable(path: readonly string[], { name, type, value, hasMembers }: Member): JsonObject {
    const variablesReference = hasMembers ? this.#references.to([...path, name]) : 0;
    return { name, type, value, evaluateName: name, variablesReference };
  }

  /** A variable as it shows itself; as a line of text while a cell computes. Nothing for a name that is none. */
  async #rich(name: string): Promise<Answer> {
    const data = await Promise.race([this.#parts.show(name), delay(patience, undefined, { ref: false })]);
    return { body: { data: data ?? (await this.#asText(name)), metadata: {} } };
  }

  async #asText(name: string): Promise<JsonObject> {
    const variables = await this.#parts.variables.members([]);
    const variable = variables?.find((member) => member.name === name);
    return variable ? { "text/plain": variable.value } : {};
  }
}

function refusalUnlessEmpty(wanted: unknown): { refusal?: string } {
  return Array.isArray(wanted) && wanted.length > 0 ? { refusal: forLater } : {};
}
