// The picture brings its own paper, so that it reads the same in a light and in a dark theme. Every difference that is
// told by colour is told a second time: by a pattern, a line style, a symbol.

export const width = 760;
export const marginLeft = 84;
export const marginRight = 20;

export const ink = "#1a1a1a";
export const paper = "#ffffff";
export const calm = { fill: "#d6e8f7", stroke: "#1b4b72", strokeWidth: 1.2 };
export const running = { ...calm, fill: paper, strokeDasharray: "4 3" };
export const alarm = { fill: "url(#poolbook-failed)", stroke: "#8a1c0f", strokeWidth: 2 };

export const failedColours = { paper: "#fbe3df", stripe: "#cf7c70" };

export const failedPattern = [
  '<pattern id="poolbook-failed" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">',
  `<rect width="7" height="7" fill="${failedColours.paper}"/>`,
  `<rect width="2" height="7" fill="${failedColours.stripe}"/></pattern>`,
].join("");
