// The scripts are small, modern and independent of each other: they are served as they are written.
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";

/** @returns {Promise<Map<string, Buffer>>} built file name → content */
export async function buildScripts({ sources }) {
  const folder = path.join(sources, "scripts");
  const names = (await readdir(folder)).filter((name) => name.endsWith(".js")).sort();
  return new Map(await Promise.all(names.map(async (name) => [name, await readFile(path.join(folder, name))])));
}
