// The door to Observable Plot: the build makes one file of this and of what it needs.
export { barX, dot, gridX, type Markish, type PlotOptions, plot, ruleY, text } from "@observablehq/plot";
