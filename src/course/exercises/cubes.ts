import { isQuotedNumber, listOf, numberOf } from "../exercise/answers.js";
import { defineExercise } from "../exercise/define-exercise.js";
import { notYet, passed } from "../exercise/exercise.js";
import { shown } from "../exercise/shown.js";
import { solutionCode } from "./solution-code.js";

const sum = 25_502_500;
const expected = "the sum of the cubes of 1 to 100, made by the workers of a pool";
const mistakes = new Map([
  [338_350, ["the sum of the squares", "Map another function."]],
  [24_502_500, ["the sum of the cubes of 1 to 99", "Let the list end with 100, not before it."]],
  [5050, ["the sum of the numbers themselves", "Let the function make the cube: `x ** 3`."]],
  [5050 ** 2 + 101 ** 3, ["the sum of the cubes of 1 to 101", "Let the list end with 100."]],
]);

export const cubes = defineExercise({
  name: "cubes",
  notebook: "00-pool-map",
  hints: [
    "Two steps: `pool.map` makes the list of the cubes, `reduce` makes one number of the list.",
    "The function for the map takes one number, `(x: number) => x ** 3`; the items are the numbers from 1 to 100.",
    "`(await pool.map(cube, numbers)).reduce((total, cube) => total + cube, 0)`",
  ],
  judge(answer, { tasks }) {
    const number = numberOf(answer);
    if (number === sum) {
      return tasks.some(({ outcome }) => outcome === "succeeded")
        ? passed("the workers made the cubes, and you added them up")
        : notYet(
            expected,
            `${shown(answer)}, but no pool has worked since the cell of the exercise began`,
            "The sum is right. Let `pool.map` make the cubes, in that cell.",
          );
    }
    if (listOf(answer)) {
      return notYet(expected, "a list", "Add its items up with `reduce`.");
    }
    if (number === undefined) {
      const next = isQuotedNumber(answer) ? "Leave the quotes out." : "Give the check the sum itself.";
      return notYet(expected, shown(answer), next);
    }
    const [got = String(number), next = "Look at the list first: its ends should be 1 and 1000000."] =
      mistakes.get(number) ?? [];
    return notYet(expected, got, next);
  },
  solution: solutionCode("cubes"),
  wrongAnswers: [
    { code: "const sumOfCubes = 25_502_500;", says: "no pool has worked" },
    {
      code: "let sumOfCubes = 0;\nfor (let i = 1; i <= 100; i++) sumOfCubes += i ** 3;",
      says: "Let `pool.map` make the cubes",
    },
    {
      code: "const sumOfCubes = await withPool(2, (pool) => pool.map((x: number) => x ** 3, [1, 2, 3]));",
      says: "Add its items up",
    },
    {
      code: "const sumOfCubes = withPool(2, async (pool) => (await pool.map((x: number) => x ** 3, [1])).length);",
      says: "Put `await`",
    },
    { code: 'throw new Error("not finished");', says: "not judged" },
  ],
});
