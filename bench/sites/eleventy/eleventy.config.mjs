// Settings of Eleventy for the benchmark: the page set of the others.
const PAGE_SIZE = 20;

export default function (config) {
  config.addPassthroughCopy({ fj: "fj" });
  config.addFilter("day", (date) => date.toISOString().slice(0, 10));
  config.addCollection("documents", (api) => api.getFilteredByGlob("src/wj/*.md").reverse());
  config.addCollection("lists", (api) => {
    const lists = [];
    for (const [column, found] of grouped(api, (item) => item.data.column)) {
      for (let start = 0; start < found.length; start += PAGE_SIZE) {
        const number = start / PAGE_SIZE + 1;
        const last = start + PAGE_SIZE >= found.length;
        lists.push({ column, number, last, items: found.slice(start, start + PAGE_SIZE) });
      }
    }
    return lists;
  });
  config.addCollection("archives", (api) =>
    [...grouped(api, (item) => item.data.archive)].map(([name, items]) => ({ name, items })),
  );
  return {
    dir: { input: "src", output: "_site" },
    markdownTemplateEngine: false,
  };
}

function grouped(api, key) {
  const groups = new Map();
  for (const item of api.getFilteredByGlob("src/wj/*.md").reverse()) {
    if (!groups.has(key(item))) groups.set(key(item), []);
    groups.get(key(item)).push(item);
  }
  return groups;
}
