// Makes of entry.js and the packages it uses one file that runs in a page by itself, with the licenses of all that is in it: node bundle.js FILE

import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";

const [out] = process.argv.slice(2);
const bundled = await build({
  entryPoints: ["entry.js"],
  alias: { vega: "vega-util" }, // of which Vega-Lite uses the four functions it takes from vega; the whole of it would weigh a quarter more
  bundle: true,
  minify: true,
  charset: "ascii",
  format: "iife",
  target: "es2020",
  legalComments: "none",
  metafile: true,
  write: false,
});

const [output] = Object.values(bundled.metafile.outputs);
const packages = new Map();
for (const [input, { bytesInOutput }] of Object.entries(output.inputs)) {
  const found = bytesInOutput > 0 && input.match(/^(?:.*\/)?node_modules\/(@[^/]+\/[^/]+|[^/]+)/);
  if (found) packages.set(found[1], found[0]);
}

function licenseOf(folder) {
  const file = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name));
  if (!file) throw new Error(`${folder} has no license to pass on`);
  return readFileSync(join(folder, file), "utf8").replace(/[ \t]+$/gm, "").trim().replaceAll("*/", "* /");
}

const versionOf = (folder) => JSON.parse(readFileSync(join(folder, "package.json"), "utf8")).version;
const namesByLicense = new Map();
for (const [name, folder] of [...packages].sort()) {
  const license = licenseOf(folder);
  namesByLicense.set(license, [...(namesByLicense.get(license) ?? []), `${name} ${versionOf(folder)}`]);
}
const licenses = [...namesByLicense].map(([license, names]) => `${names.join(", ")}\n\n${license}\n`).join("\n----\n\n");
// The first line is what `duly version` says draws the charts.
const title = `Vega-Lite ${versionOf(packages.get("vega-lite"))}, Vega ${versionOf("node_modules/vega")}`;
writeFileSync(out, `/*! ${title}\n\nThis script is made of the packages below, under these licenses.\n\n${licenses}*/\n${bundled.outputFiles[0].text}`);
