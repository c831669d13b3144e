const key = "poolbook.beforeTermination";

/** Property of the main thread's `process`: a function to call before what runs there is terminated. */
export const beforeTermination = Symbol.for(key);

/** The call as an expression for the inspector. */
export const beforeTerminationCall = `process[Symbol.for(${JSON.stringify(key)})]()`;
