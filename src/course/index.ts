export { checkSetup } from "./check-setup.js";
export type { ExerciseName } from "./exercises/index.js";
export { type LiveStatus, liveStatus } from "./live-status.js";
export { type Machines, withMachines } from "./machines/with-machines.js";
export { check, hint, score, solution } from "./own-checks.js";
export { Timeline, type TimelineOptions, timeline } from "./timeline/timeline.js";
export { warmUp } from "./warm-up.js";
