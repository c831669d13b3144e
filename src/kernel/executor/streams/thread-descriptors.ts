import { syncBuiltinESMExports } from "node:module";
import { isMainThread } from "node:worker_threads";
import { replaceWriters } from "./descriptor-writers.js";

// Loaded first by each thread that a cell starts: its descriptors 1 and 2 are its streams, which lead to the cell.

if (!isMainThread) {
  replaceWriters((stream, data) => {
    process[stream].write(data);
    return true;
  });
  syncBuiltinESMExports();
}
