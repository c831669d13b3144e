/** The module of a new chapter: one exercise that works, for its author to change. */
export function exercisesTemplate(chapter: string, exercise: string): string {
  return `import { defineChapter, defineExercise, notYet, numberOf, passed, shown } from "poolbook/course";

const expected = "the sum of the squares of 1 to 10, made by the workers of a pool";

// The notebook has the cells ${exercise}-exercise, ${exercise}-check and ${exercise}-hints.
export const ${exercise} = defineExercise({
  name: "${exercise}",
  notebook: "${chapter}",
  hints: [
    "\`pool.map\` makes a list of the squares; \`reduce\` makes one number of the list.",
    "\`(await pool.map(square, numbers)).reduce((sum, x) => sum + x, 0)\`",
  ],
  // Say what was expected, what came, and one next step; pass every right answer, in whatever form.
  judge(answer, { tasks }) {
    if (numberOf(answer) !== 385) {
      return notYet(expected, shown(answer), "Add the squares up.");
    }
    return tasks.length > 0
      ? passed("the workers made the squares, and you added them up")
      : notYet(expected, "the right sum, but no worker has done anything", "Let \`pool.map\` make the squares.");
  },
  solution: \`const sum = await withPool(2, async (pool) => {
  const squares = await pool.map((x: number) => x * x, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  return squares.reduce((total, x) => total + x, 0);
});\`,
  // Likely mistakes: \`poolbook course test\` proves that each is told these words, and that the solution passes.
  wrongAnswers: [
    { code: "const sum = 55;", says: "Add the squares up" },
    { code: "const sum = 385;", says: "Let \`pool.map\` make the squares" },
  ],
});

export const { check, hint, score, solution } = defineChapter("${chapter}", [${exercise}]);
`;
}
