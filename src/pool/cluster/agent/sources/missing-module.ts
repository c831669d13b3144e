import type { ThrownValue } from "../../../wire/messages.cjs";

const missing = /Cannot find (?:package|module) '([^']+)'/;

export interface AgentPlace {
  readonly host: string;
  readonly folder: string;
  /** The lock files of the pool's project and of the agent's folder differ. */
  readonly hasOtherLock: boolean;
}

/** Says in an error of a missing module which machine lacks what, and what to do. */
export function withRemedy(thrown: ThrownValue, { host, folder, hasOtherLock }: AgentPlace): ThrownValue {
  if (thrown.kind !== "error") {
    return thrown;
  }
  const [, name] = missing.exec(thrown.message) ?? [];
  if (name === undefined) {
    return thrown;
  }
  const [first = ""] = thrown.message.split("\n");
  const lacking = packageOf(name);
  const what = lacking === undefined ? `the module ${name}` : `the package ${lacking}`;
  const remedy = lacking === undefined ? "put it there" : `run \`npm ci\` there`;
  const difference = hasOtherLock ? "; its lock file is not the pool's" : "";
  const message = `${first} (the agent ${host} lacks ${what} in ${folder}: ${remedy}${difference})`;
  return { ...thrown, message, stack: thrown.stack?.replace(thrown.message, () => message) };
}

/** The package that a specifier or a path names; undefined for a file of the user's own. */
function packageOf(name: string): string | undefined {
  const inPackages = name.split("/node_modules/").at(-1) ?? name;
  if (inPackages === name && /^[./]|^file:/.test(name)) {
    return undefined;
  }
  return /^(?:@[^/]+\/)?[^/]+/.exec(inPackages)?.[0];
}
