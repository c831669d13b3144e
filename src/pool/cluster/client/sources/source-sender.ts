import { definitionFolder, type FunctionDefinition } from "../../../functions/definition.js";
import type { Initialization } from "../../../workers/local/initialization.js";
import type { SentInitializer, ToAgent } from "../../protocol/messages.js";
import type { TravellingDefinition } from "../../protocol/sources.js";
import type { OwnSource } from "./own-sources.js";
import { projectOf } from "./project.js";
import { travelling } from "./travelling.js";

/**
 * Sends definitions to one worker, and before each the files that it needs, if the worker has not got them or they have
 * changed; the content of each to each agent once.
 */
export class SourceSender {
  readonly project = projectOf(definitionFolder());
  readonly #hashes = new Map<string, string>();
  readonly #contents = new Map<string, Uint8Array>();
  readonly #atAgent: Set<string>;
  readonly #send: (message: ToAgent) => void;

  /** `atAgent` are the hashes of the contents that its agent has got; it grows. */
  constructor(atAgent: Set<string>, send: (message: ToAgent) => void) {
    this.#atAgent = atAgent;
    this.#send = send;
  }

  definition(given: FunctionDefinition): TravellingDefinition {
    const { definition, sources } = travelling(given, this.project.root);
    const missing = sources.filter(({ path, hash }) => this.#hashes.get(path) !== hash);
    if (missing.length > 0) {
      this.#sendSources(missing);
    }
    return definition;
  }

  initializer({ initializer: given }: Initialization): SentInitializer | undefined {
    return (
      given && {
        definition: this.definition(given),
        needs: given.needs.map((need) => this.definition(need)),
      }
    );
  }

  /** Contents that were sent for another worker may have been lost with it. */
  sendAgain(hashes: readonly string[]): void {
    const contents = hashes.flatMap((hash) => {
      const bytes = this.#contents.get(hash);
      return bytes ? [[hash, bytes] as const] : [];
    });
    this.#send(["sources", [], contents]);
  }

  #sendSources(sources: readonly OwnSource[]): void {
    const contents = new Map<string, Uint8Array>();
    for (const { path, hash, bytes } of sources) {
      this.#hashes.set(path, hash);
      this.#contents.set(hash, bytes);
      if (!this.#atAgent.has(hash)) {
        this.#atAgent.add(hash);
        contents.set(hash, bytes);
      }
    }
    const files = sources.map(({ path, hash }) => [path, hash] as const);
    this.#send(["sources", files, [...contents]]);
  }
}
