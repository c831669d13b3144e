import { definitionFolder, type FunctionDefinition } from "../../../functions/definition.js";
import type { Initialization } from "../../../workers/local/local-slot.js";
import type { SentInitializer } from "../../protocol/messages.js";
import type { SourceTree, TravellingDefinition } from "../../protocol/sources.js";
import { projectOf } from "./project.js";
import { travelling } from "./travelling.js";

/** Sends definitions to one worker, and each source tree that they need once, before. */
export class SourceSender {
  readonly project = projectOf(definitionFolder());
  /** Hashes of those that were sent. */
  readonly #trees = new Set<string>();
  readonly #send: (tree: SourceTree) => void;

  constructor(send: (tree: SourceTree) => void) {
    this.#send = send;
  }

  definition(given: FunctionDefinition): TravellingDefinition {
    const { definition, tree } = travelling(given, this.project.root);
    if (tree && !this.#trees.has(tree.hash)) {
      this.#trees.add(tree.hash);
      this.#send(tree);
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
}
