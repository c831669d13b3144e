import { type Exercise, notYet, passed } from "./exercise.js";
import { shown } from "./shown.js";

const sum = 25_502_500;
const expected = "the sum of the cubes of 1 to 100, a number";

export const cubes: Exercise = {
  notebook: "00-pool-map",
  hints: [
    "Two steps: `pool.map` makes the list of the cubes, `reduce` makes one number of the list.",
    "The function for the map takes one number, `(x: number) => x ** 3`; the items are the numbers from 1 to 100.",
    "`(await pool.map(cube, numbers)).reduce((total, cube) => total + cube, 0)`",
  ],
  judge(answer) {
    if (answer === sum) {
      return passed("the workers made the cubes, and you added them up");
    }
    if (Array.isArray(answer) || ArrayBuffer.isView(answer)) {
      return notYet(expected, "a list", "Add its items up with `reduce`.");
    }
    if (answer === 338_350) {
      return notYet(expected, "the sum of the squares", "Map another function.");
    }
    if (answer === 24_502_500) {
      return notYet(expected, "the sum of the cubes of 1 to 99", "Let the list end with 100, not before it.");
    }
    if (typeof answer === "number") {
      return notYet(expected, String(answer), "Look at the list first: its ends should be 1 and 1000000.");
    }
    return notYet(expected, shown(answer), "Give the check the sum itself.");
  },
};
