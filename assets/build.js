// Builds everything the pages load into src/klimaplan/web/static/built/.
// Run with `npm run build`; the same input always gives the same bytes.
import { mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { buildIcons } from "./builder/icons.js";
import { buildMap } from "./builder/map.js";
import { buildNotices } from "./builder/notices.js";
import { buildScripts } from "./builder/scripts.js";
import { buildStyles } from "./builder/styles.js";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const target = path.join(root, "src/klimaplan/web/static/built");

const packages = path.join(root, "node_modules");
const sources = path.join(root, "assets");

const parts = await Promise.all([
  buildStyles({ packages, sources }),
  buildScripts({ sources }),
  buildIcons({ packages }),
  buildMap({ packages }),
  buildNotices({ packages }),
]);

// Only a complete build replaces the old one.
await rm(target, { recursive: true, force: true });
for (const [name, content] of parts.flatMap((part) => [...part])) {
  const file = path.join(target, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, content);
}
