/** The script of the site, for any browser: search and theme. It needs no server; a file can be opened as it is. */
export const siteScript = `"use strict";
const root = document.body.dataset.root;
const input = document.querySelector(".search input");
const list = document.querySelector(".search ul");

function find(words) {
  const scored = [];
  for (const entry of window.poolbookSearch) {
    const title = entry.title.toLowerCase();
    const text = (entry.title + " " + entry.text).toLowerCase();
    if (words.every((word) => text.includes(word))) {
      scored.push([words.filter((word) => title.includes(word)).length, entry]);
    }
  }
  return scored.sort((a, b) => b[0] - a[0]).slice(0, 12).map(([, entry]) => entry);
}

function excerpt(text, word) {
  const at = Math.max(0, text.toLowerCase().indexOf(word) - 40);
  return (at > 0 ? "…" : "") + text.slice(at, at + 120) + (text.length > at + 120 ? "…" : "");
}

function show() {
  const words = input.value.toLowerCase().split(/\\s+/).filter(Boolean);
  list.replaceChildren();
  for (const entry of words.length > 0 ? find(words) : []) {
    const link = document.createElement("a");
    link.href = root + entry.address;
    link.textContent = entry.title;
    const small = document.createElement("small");
    small.textContent = entry.page + ": " + excerpt(entry.text, words[0]);
    link.append(small);
    const item = document.createElement("li");
    item.append(link);
    list.append(item);
  }
  if (words.length > 0 && list.children.length === 0) {
    const nothing = document.createElement("li");
    nothing.textContent = "Nothing found";
    list.append(nothing);
  }
  list.hidden = words.length === 0;
}

input.addEventListener("input", show);
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && document.activeElement !== input) {
    event.preventDefault();
    input.focus();
  } else if (event.key === "Escape") {
    input.value = "";
    show();
  }
});
document.addEventListener("click", (event) => {
  if (!event.target.closest(".search")) {
    list.hidden = true;
  }
});
document.querySelector(".theme").addEventListener("click", () => {
  const theme = document.documentElement.dataset.theme === "dark" ? "light" : "dark";
  document.documentElement.dataset.theme = theme;
  try {
    localStorage.theme = theme;
  } catch {
    // A browser may forbid it for files.
  }
});
`;
