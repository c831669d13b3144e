export interface AgentOptions {
  /** Of the broker. */
  readonly url: string;
  readonly key: Buffer;
  /** Workers at a time. */
  readonly processes: number;
  /** Absolute path of the folder in which the workers run. */
  readonly folder: string;
  /** MiB that a worker may hold; a pool can only ask for less. */
  readonly maxMemory: number | undefined;
  readonly host: string;
  /** Takes what is worth a line in the log. */
  readonly log: (line: string) => void;
}
