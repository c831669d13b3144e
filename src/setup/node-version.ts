/** The oldest version that works. */
const required = [20, 19] as const;
/** The major versions with which all is tested. */
const supported = ["22", "24", "26"];

/** The problem with Node `version` ("20.19.0") and the way out, or undefined when it is new enough. */
export function nodeVersionProblem(version: string): string | undefined {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const isNewEnough = major > required[0] || (major === required[0] && minor >= required[1]);
  if (isNewEnough) {
    return undefined;
  }
  const versions = `${supported.slice(0, -1).join(", ")} or ${supported.at(-1)}`;
  return `Node ${required.join(".")} or newer is needed, this is ${version}; install ${versions} from https://nodejs.org`;
}
