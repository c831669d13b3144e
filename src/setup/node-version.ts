const REQUIRED = [20, 19] as const;

/** What is wrong with Node `version` ("20.19.0") and what to do, or undefined when it is new enough. */
export function nodeVersionProblem(version: string): string | undefined {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const isNewEnough = major > REQUIRED[0] || (major === REQUIRED[0] && minor >= REQUIRED[1]);
  if (isNewEnough) return undefined;
  return `Node ${REQUIRED.join(".")} or newer is needed, this is ${version}; install a current one from https://nodejs.org`;
}
