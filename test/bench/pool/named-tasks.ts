export { countPrimes, echo, nap, noop } from "./tasks.js";
