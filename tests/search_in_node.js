/*
The site's search without a browser: the scripts as they are sent, the index from a folder.

Reads a list of { folder, query, column, year, whole } from a file, writes for each what was found, in
order (all of it, or what is shown at first), how many were promised before any text was read, and the
bytes of all files asked for until the first hits were there.
*/
"use strict";
const fs = require("fs");
const path = require("path");
const vm = require("vm");

const [assets, tasks] = process.argv.slice(2);
const names = ["folding", "search_index", "search_hits"];
const source = names.map((name) => fs.readFileSync(path.join(assets, `${name}.js`), "utf8"));
const program = new vm.Script(`(() => { ${source.join("\n")}; return { fold, hits, loaded }; })()`);

globalThis.window = globalThis;

const opened = (folder, seen) => {
  const append = (script) => {
    const file = path.join(folder, script.src.split("?")[0]);
    seen.bytes += fs.statSync(file).size;
    vm.runInThisContext(fs.readFileSync(file, "utf8"));
    script.onload();
  };
  globalThis.document = { createElement: () => ({ remove() {} }), head: { append } };
  const site = program.runInThisContext();
  append({ src: "search/map.js", onload() {} });
  return site;
};

const answered = async ({ folder, query, column, year, whole }) => {
  const seen = { bytes: 0 };
  const { fold, hits, loaded } = opened(folder, seen);
  const words = [...new Set(query.split(/\s+/).map(fold).filter((word) => word))];
  const answer = await hits.answer(loaded.get("map"), words, { column, year });
  const promised = answer.exact ? answer.left() : null;
  const found = await answer.batch();
  const { bytes } = seen;
  while (whole && answer.left()) found.push(...await answer.batch());
  return { found: found.map((hit) => hit.path), promised, bytes };
};

const all = async () => {
  const results = [];
  for (const task of JSON.parse(fs.readFileSync(tasks, "utf8"))) results.push(await answered(task));
  process.stdout.write(JSON.stringify(results));
};

if (tasks) {
  all();
} else {
  const { fold } = program.runInThisContext();
  const given = JSON.parse(fs.readFileSync(0, "utf8"));
  process.stdout.write(JSON.stringify(given.map(fold)));
}
