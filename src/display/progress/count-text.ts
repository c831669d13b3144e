const width = 20;

/** "3 of 10", or "3" where nobody knows of how many. */
export function countText(count: number, total: number | undefined): string {
  return total === undefined ? String(count) : `${count} of ${total}`;
}

/** A bar of characters and the count. */
export function barText(description: string, count: number, total: number | undefined): string {
  const filled =
    total === undefined
      ? undefined
      : total > 0
        ? Math.round((width * Math.min(count, total)) / total)
        : width;
  const bar = filled === undefined ? [] : ["█".repeat(filled) + "░".repeat(width - filled)];
  return [...(description === "" ? [] : [description]), ...bar, countText(count, total)].join(" ");
}
