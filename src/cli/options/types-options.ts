import type { ReportedCheckOptions } from "./check-options.js";
import type { ParameterOptions } from "./parameter-options.js";

/** The options of `poolbook typecheck`, as the command line gives them. */
export interface TypecheckCommandOptions extends ParameterOptions, ReportedCheckOptions {
  kernel?: string;
  allowUnknown?: boolean;
  emit?: string;
  jobs?: number;
  cache: boolean;
}
