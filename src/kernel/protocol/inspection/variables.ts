import type { Runtime } from "node:inspector";
import type { Session } from "node:inspector/promises";
import type { MainThreadInspector } from "./main-thread-inspector.js";
import { type MemberText, memberText } from "./member-text.js";

export interface Member extends MemberText {
  name: string;
}

/** The notebook's variables, read from the main thread also while that computes. */
export class Variables {
  readonly #inspector: MainThreadInspector;
  #looks = 0;

  constructor(inspector: MainThreadInspector) {
    this.#inspector = inspector;
  }

  /** The variables, or the members of the one that `path` leads to; undefined when it is gone. */
  async members(path: readonly string[]): Promise<Member[] | undefined> {
    const group = `variables ${++this.#looks}`;
    const properties = await this.#inspector.look((session) => look(session, path, group));
    const members = properties?.map((property) => ({ name: property.name, ...memberText(property) }));
    return path.length === 0 ? members?.filter(isVariable).sort(byName) : members;
  }
}

/** An import is none, and stands there as a getter. */
function isVariable({ type }: Member): boolean {
  return type !== "getter";
}

function byName(one: Member, other: Member): number {
  return one.name < other.name ? -1 : 1;
}

/** All that one look finds is let go together, as a group. */
async function look(
  session: Session,
  path: readonly string[],
  objectGroup: string,
): Promise<Runtime.PropertyDescriptor[] | undefined> {
  const expression = `globalThis.__tslab__.membersAt(${JSON.stringify(path)})`;
  const { result, exceptionDetails } = await session.post("Runtime.evaluate", { expression, objectGroup });
  if (exceptionDetails) {
    throw new Error("An interrupt kept the variables from being read");
  }
  if (result.objectId === undefined) {
    return undefined;
  }
  const { objectId } = result;
  const found = await session.post("Runtime.getProperties", {
    objectId,
    ownProperties: true,
    generatePreview: true,
  });
  await session.post("Runtime.releaseObjectGroup", { objectGroup });
  return found.result;
}
