/** Shows a count that goes up. */
export interface MeterFace {
  show(count: number, total: number | undefined): void;
  end(count: number, total: number | undefined, isDone: boolean): void;
}
