// One sprite of the icons of the Danish public design system that the templates use.
import { readFile } from "node:fs/promises";
import path from "node:path";

const ICONS = [
  "chevron-right",
  "download",
  "error",
  "info",
  "language",
  "sort-table-ascending",
  "sort-table-descending",
  "sort-table-none",
  "warning",
];

/** @returns {Promise<Map<string, string>>} built file name → content */
export async function buildIcons({ packages }) {
  const symbols = await Promise.all(ICONS.map((name) => symbolOf(packages, name)));
  return new Map([["icons.svg", `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`]]);
}

async function symbolOf(packages, name) {
  const svg = await readFile(path.join(packages, "dkfds/dist/img/svg-icons", `${name}.svg`), "utf8");
  const viewBox = /viewBox="([^"]+)"/.exec(svg)[1];
  const drawing = /<svg[^>]*>([\s\S]*)<\/svg>/.exec(svg)[1].trim();
  return `<symbol id="${name}" viewBox="${viewBox}">${drawing}</symbol>`;
}
