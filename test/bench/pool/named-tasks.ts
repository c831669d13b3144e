export { answer, countPrimes, echo, nap, noop } from "./tasks.js";
