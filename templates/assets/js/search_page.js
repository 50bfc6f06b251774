/* The page: reads the query from the address, shows hits as they are verified, and says how many. */
{
  const SNIPPET = [24, 80]; // characters before and after a word
  const asked = new URLSearchParams(location.search);
  const query = (asked.get("q") || "").trim();
  const words = [...new Set(query.split(/\s+/).map(fold).filter((word) => word))];
  const part = (name) => document.querySelector(`[data-search="${name}"]`);
  const [form, status, list, more, advice] = ["form", "status", "list", "more", "advice"].map(part);

  /* Where the folded words stand in a text: [start, end) of the text itself. */
  const places = (text) => {
    const starts = [];
    let folded = "";
    let at = 0;
    for (const letter of text) {
      const piece = fold(letter);
      for (let i = 0; i < piece.length; i += 1) starts.push([at, at + letter.length]);
      folded += piece;
      at += letter.length;
    }
    const found = [];
    for (const word of words) {
      for (let from = folded.indexOf(word); from >= 0; from = folded.indexOf(word, from + word.length)) {
        found.push([starts[from][0], starts[from + word.length - 1][1]]);
      }
    }
    return found.sort((one, other) => one[0] - other[0]);
  };

  const marked = (text, found, [from, to]) => {
    const nodes = [];
    let at = from;
    for (const [start, end] of found) {
      if (start >= at && end <= to) {
        const mark = document.createElement("mark");
        mark.textContent = text.slice(start, end);
        nodes.push(text.slice(at, start), mark);
        at = end;
      }
    }
    return [...nodes, text.slice(at, to)];
  };

  const snippet = (body) => {
    const text = body.replace(/\n/g, "　");
    const found = places(body); // a blank in place of a line end would let a word reach across it
    const start = Math.max(0, (found.length ? found[0][0] : 0) - SNIPPET[0]);
    const end = Math.min(text.length, start + SNIPPET[0] + SNIPPET[1]);
    const nodes = marked(text, found, [start, end]);
    return [start ? "…" : "", ...nodes, end < text.length ? "…" : ""];
  };

  const element = (name, ...content) => {
    const made = document.createElement(name);
    made.append(...content);
    return made;
  };

  const shown = (hit) => {
    const link = element("a", ...marked(hit.title, places(hit.title), [0, hit.title.length]));
    link.href = hit.path;
    const facts = element("p", hit.column);
    if (hit.day) {
      const day = element("time", hit.day);
      day.dateTime = hit.day;
      facts.append(" ", day);
    }
    return element("li", element("h2", link), element("p", ...snippet(hit.body)), facts);
  };

  const search = async () => {
    const map = loaded.get("map");
    const filters = { column: asked.get("column") || "", year: asked.get("year") || "" };
    const answer = await hits.answer(map, words, filters);
    let count = 0;

    const tell = () => {
      const open = answer.left();
      more.hidden = !open;
      advice.hidden = Boolean(count || open);
      if (!count && !open) return `没有找到含有“${query}”的信息。`;
      if (!open) return `找到 ${count} 条。`;
      if (answer.exact || answer.sure() === open) return `找到 ${count + open} 条，已列出 ${count} 条。`;
      if (!count) return `还没有找到，有 ${open} 条可能符合，请按“更多”继续核对。`;
      return `已列出 ${count} 条，一共不超过 ${count + open} 条。`;
    };

    const proceed = async () => {
      more.disabled = true;
      const found = await answer.batch();
      const items = found.map(shown);
      list.append(...items);
      count += items.length;
      status.textContent = tell();
      more.disabled = false;
      return items;
    };

    more.addEventListener("click", () => attempt(async () => {
      const [first] = await proceed();
      if (first) first.querySelector("a").focus();
    }));
    await proceed();
  };

  const attempt = async (work) => {
    try {
      await work();
    } catch {
      status.textContent = "索引文件没有取到，请检查网络后重新搜索。";
      more.disabled = false;
    }
  };

  part("without-script").hidden = true;
  form.hidden = false;
  for (const name of ["q", "column", "year"]) form.elements[name].value = asked.get(name) || "";
  for (const name of ["column", "year"]) {
    const select = form.elements[name];
    if (select.selectedIndex < 0) select.value = ""; // an address may ask for what is not there
  }
  if (words.length) {
    status.textContent = "正在搜索……";
    document.addEventListener("DOMContentLoaded", () => attempt(search)); // then the map is there
  } else if (query) {
    status.textContent = "请输入文字或者数字。";
  }
}
