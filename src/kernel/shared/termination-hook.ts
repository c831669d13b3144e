const key = "poolbook.beforeTermination";

/** Property of the main thread's globals that cells cannot remove: called before what runs there is terminated. */
export const beforeTermination = Symbol.for(key);

/** The call as an expression for the inspector. */
export const beforeTerminationCall = `globalThis[Symbol.for(${JSON.stringify(key)})]()`;
