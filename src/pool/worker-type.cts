/** The kinds of workers, by workerpool's names: processes share nothing, threads can share and hand over memory. */
export type WorkerType = "process" | "thread";
