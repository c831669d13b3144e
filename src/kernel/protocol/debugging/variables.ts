import type { Runtime } from "node:inspector";
import { Session } from "node:inspector/promises";
import { type MemberText, memberText } from "./member-text.js";

export interface Member extends MemberText {
  name: string;
}

/**
 * The notebook's variables as V8's inspector sees them from this thread, also while the main thread computes; where it
 * waits outside of JavaScript, the answer waits, too.
 */
export class Variables {
  #session: Session | undefined;
  #looking = 0;
  #looks = 0;

  /** The variables, or the members of the one that `path` leads to; undefined when it is gone. */
  async members(path: readonly string[]): Promise<Member[] | undefined> {
    this.#looking++;
    this.#session ??= connect();
    const session = this.#session;
    try {
      const properties = await look(session, path, `variables ${++this.#looks}`);
      const members = properties?.map((property) => ({ name: property.name, ...memberText(property) }));
      return path.length === 0 ? members?.filter(isVariable).sort(byName) : members;
    } finally {
      this.#looking--;
      if (this.#looking === 0) {
        this.close();
      }
    }
  }

  /** An open session would make the process wait for it at its end. */
  close(): void {
    this.#session?.disconnect();
    this.#session = undefined;
  }
}

/** An import is none, and stands there as a getter. */
function isVariable({ type }: Member): boolean {
  return type !== "getter";
}

function byName(one: Member, other: Member): number {
  return one.name < other.name ? -1 : 1;
}

function connect(): Session {
  const session = new Session();
  session.connectToMainThread();
  return session;
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
