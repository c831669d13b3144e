import { defineExercise } from "../../exercise/define-exercise.js";
import { notAttempted, notYet, passed, type Verdict } from "../../exercise/exercise.js";
import { shown } from "../../exercise/shown.js";
import { solutionCode } from "../solution-code.js";

type Delivery = readonly [number: number, account: string, amount: number];

interface Case {
  readonly title: string;
  readonly deliveries: readonly Delivery[];
  readonly balances: Readonly<Record<string, number>>;
  readonly next: string;
}

const cases: readonly Case[] = [
  {
    title: "after one deposit of 5",
    deliveries: [[1, "anna", 5]],
    balances: { anna: 5 },
    next: "Add the amount to the balance of the account; an account that is not there yet has 0.",
  },
  {
    title: "after deposits of 5 and 7 for anna, and 2 for ben",
    deliveries: [
      [1, "anna", 5],
      [2, "ben", 2],
      [3, "anna", 7],
    ],
    balances: { anna: 12, ben: 2 },
    next: "Add to what the account has already, and leave the others alone.",
  },
  {
    title: "after deposit 1, of 5, was delivered twice",
    deliveries: [
      [1, "anna", 5],
      [1, "anna", 5],
    ],
    balances: { anna: 5 },
    next: "Ask `bank.done` before you add, and tell it afterwards.",
  },
  {
    title: "after two different deposits of 5",
    deliveries: [
      [1, "anna", 5],
      [2, "anna", 5],
    ],
    balances: { anna: 10 },
    next: "Deposits are the same when their numbers are, not when their amounts are.",
  },
  {
    title: "after deposits 1, 2 and 3, and then 1 once more",
    deliveries: [
      [1, "anna", 5],
      [2, "ben", 2],
      [3, "ben", 1],
      [1, "anna", 5],
    ],
    balances: { anna: 5, ben: 3 },
    next: "The second delivery may come late: remember all numbers, not only the last one.",
  },
];

export const deposit = defineExercise({
  name: "deposit",
  notebook: "06-machines",
  hints: [
    "Before anything else, look whether the number is among those that are done. If so, there is nothing to do.",
    "`bank.done.has(number)` asks, `bank.done.add(number)` notes it; a balance that is not there is `undefined`, so take `?? 0`.",
  ],
  async judge(answer) {
    if (typeof answer !== "function") {
      return notYet("a function of a bank and a deposit", shown(answer), "Pass the function itself.");
    }
    for (const one of cases) {
      const verdict = await judgeCase((...args) => answer(...args), one);
      if (verdict) {
        return verdict;
      }
    }
    return passed("however often a deposit comes, it counts once");
  },
  solution: solutionCode("deposit"),
  wrongAnswers: [
    {
      code: `const deposit = (bank: any, number: number, account: string, amount: number) => {
  bank.balances.set(account, (bank.balances.get(account) ?? 0) + amount);
};`,
      says: "delivered twice",
    },
    {
      code: `const deposit = (bank: any, number: number, account: string, amount: number) => {
  if (bank.done.has(amount)) return;
  bank.done.add(amount);
  bank.balances.set(account, (bank.balances.get(account) ?? 0) + amount);
};`,
      says: "not when their amounts are",
    },
    { code: 'const deposit = () => { throw new Error("oops"); };', says: "it threw Error: oops" },
  ],
});

/** Undefined if this case is right. */
async function judgeCase(
  answer: (...args: unknown[]) => unknown,
  { title, deliveries, balances, next }: Case,
): Promise<Verdict | undefined> {
  const bank = { balances: new Map<string, number>(), done: new Set<number>() };
  const wanted = `${title}: ${shown(balances)}`;
  try {
    for (const delivery of deliveries) {
      await answer(bank, ...delivery);
    }
  } catch (error) {
    return notYet(wanted, `it threw ${String(error)}`, "Mend what it throws first.");
  }
  if (bank.balances.size === 0 && bank.done.size === 0) {
    return notAttempted("Write the body of the function.");
  }
  const got = Object.fromEntries([...bank.balances].sort(([a], [b]) => a.localeCompare(b)));
  return shown(got) === shown(balances) ? undefined : notYet(wanted, shown(got), next);
}
