/** Property of the main thread's globals that cells cannot remove: called before what runs there is terminated. */
export const beforeTermination = "poolbookBeforeTermination__";

/** The call as an expression for the inspector, in which nothing of the cells' stands. */
export const beforeTerminationCall = `${beforeTermination}()`;
