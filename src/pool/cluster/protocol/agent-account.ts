/** An agent's account of itself, which it renews in the broker; read by agents and pools of any version. */
export interface AgentAccount {
  readonly host: string;
  readonly pid: number;
  readonly poolbook: string;
  readonly protocol: number;
  readonly node: string;
  readonly folder: string;
  /** Workers that it can run at a time. */
  readonly processes: number;
  readonly isDraining: boolean;
  /** When it started, in milliseconds since the epoch. */
  readonly since: number;
  /** Bytes that it and its workers hold, where the system tells. */
  readonly memory: number;
  readonly slots: readonly SlotAccount[];
}

export interface SlotAccount {
  readonly worker: string;
  readonly pid: number;
  /** ID of the pool. */
  readonly pool: string;
  /** The machine of the pool. */
  readonly client: string;
  /** Tasks that it has run. */
  readonly tasks: number;
  readonly isBusy: boolean;
}
