/* 信息公开目录: filters with counts; what is chosen stands in the address, so that it can be kept. */
{
  const FIRST = 50; // entries shown at once, and added each time
  const FACETS = [
    { key: "lb", name: "类别", place: 6, words: CATALOGUE.columns },
    { key: "nf", name: "年份", place: 7, words: CATALOGUE.years },
    { key: "tc", name: "体裁", place: 8, words: CATALOGUE.genres },
    { key: "yx", name: "有效性", place: 9, words: CATALOGUE.validities },
  ];
  const place = document.querySelector(".directory");
  const root = place.dataset.root;
  const list = place.querySelector(".entries");
  const status = place.querySelector(".count");
  const more = place.querySelector(".more");
  const panel = place.querySelector(".filters");
  const wide = matchMedia("(min-width: 60em)");
  const fetched = new Set();
  let shown = FIRST;
  let matching = [];

  const element = (name, text, className) => {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    if (className) made.className = className;
    return made;
  };

  const called = (facet, word) => {
    if (!word) return "未注明";
    if (facet.key !== "nf") return word;
    return word === "undated" ? "日期不详" : `${word}年`;
  };

  /* The boxes are made once; later only their marks and numbers change, so the focus stays. */
  const build = (facet) => {
    const group = element("fieldset");
    group.append(element("legend", facet.name));
    facet.boxes = facet.words.map((word) => {
      const box = element("input");
      const label = element("label");
      const number = element("span");
      box.type = "checkbox";
      box.name = facet.key;
      box.value = word;
      box.addEventListener("change", choose);
      label.append(box, called(facet, word), number);
      group.append(label);
      return { box, label, number };
    });
    return group;
  };

  const chosen = (facet) => facet.boxes.map(({ box }) => box.checked);
  const fits = (row, facet) => !facet.some || facet.chosen[row[facet.place]];

  /* A value's number: what would be found with it, all other conditions being as they are. */
  const count = () => {
    for (const facet of FACETS) {
      facet.chosen = chosen(facet);
      facet.some = facet.chosen.includes(true);
      facet.numbers = facet.words.map(() => 0);
    }
    matching = [];
    for (const row of CATALOGUE.rows) {
      const misfits = FACETS.filter((facet) => !fits(row, facet));
      if (!misfits.length) matching.push(row);
      for (const facet of FACETS) {
        if (misfits.every((other) => other === facet)) facet.numbers[row[facet.place]] += 1;
      }
    }
  };

  const fact = (label, value) => {
    const pair = element("div");
    pair.append(element("dt", label), element("dd", value));
    return pair;
  };

  const entry = (row) => {
    const [path, title, index, number, created, published] = row;
    const item = element("li");
    const heading = element("h2");
    const link = element("a", title);
    const facts = element("dl");
    const [column, , genre, validity] = FACETS.map((facet) => facet.words[row[facet.place]]);
    const told = [["索引号", index], ["文号", number], ["生成日期", created],
      ["公开日期", published], ["类别", column], ["体裁", genre], ["有效性", validity]];
    link.href = root + path;
    heading.append(link);
    facts.append(...told.filter(([, value]) => value).map(([label, value]) => fact(label, value)));
    item.append(heading, facts);
    item.dataset.path = path;
    return item;
  };

  /* 内容概述 are the larger part of a catalogue: those of a year come when it is shown. */
  const summarise = () => {
    for (const item of list.children) {
      const summary = CATALOGUE.summaries[item.dataset.path];
      if (summary && !item.querySelector("p")) item.children[0].after(element("p", summary));
    }
  };

  const fetchSummaries = (rows) => {
    for (const year of new Set(rows.map((row) => CATALOGUE.years[row[7]]))) {
      if (fetched.has(year)) continue;
      const script = element("script");
      fetched.add(year);
      script.src = `${root}mulu/${year}/summaries.js`;
      script.addEventListener("load", summarise);
      document.head.append(script);
    }
    summarise();
  };

  const conditions = () => FACETS.filter((facet) => facet.some).map((facet) => {
    const words = facet.words.filter((_, number) => facet.chosen[number]);
    return `${facet.name}：${words.map((word) => called(facet, word)).join("、")}`;
  });

  const extend = () => {
    const rows = matching.slice(list.children.length, shown);
    list.append(...rows.map(entry));
    fetchSummaries(rows);
    const said = conditions();
    const part = matching.length > shown ? `，已显示前 ${shown} 条` : "";
    status.textContent = `共 ${matching.length} 条${part}${said.length ? `（${said.join("；")}）` : ""}`;
    more.hidden = matching.length <= shown;
  };

  const show = () => {
    count();
    for (const facet of FACETS) {
      facet.boxes.forEach(({ label, number }, n) => {
        number.textContent = facet.numbers[n];
        label.classList.toggle("none", !facet.numbers[n]);
      });
    }
    list.replaceChildren();
    extend();
  };

  const query = () => {
    const asked = new URLSearchParams();
    for (const facet of FACETS) {
      facet.words.forEach((word, n) => { if (facet.chosen[n]) asked.append(facet.key, word); });
    }
    const text = asked.toString();
    return location.pathname + (text ? `?${text}` : "");
  };

  const remember = (replace) => {
    try {
      history[replace ? "replaceState" : "pushState"]({ shown }, "", replace ? undefined : query());
    } catch {
      // an old browser that refuses this for files: the choice then lasts as long as the page
    }
  };

  function choose() {
    shown = FIRST;
    show();
    remember(false);
  }

  const restore = () => {
    const asked = new URLSearchParams(location.search);
    for (const facet of FACETS) {
      const words = asked.getAll(facet.key);
      for (const { box } of facet.boxes) box.checked = words.includes(box.value);
    }
    shown = history.state?.shown || FIRST;
    show();
  };

  panel.querySelector("div").append(...FACETS.filter((f) => f.words.length).map(build));
  panel.querySelector(".clear").addEventListener("click", () => {
    for (const { box } of FACETS.flatMap((facet) => facet.boxes)) box.checked = false;
    choose();
  });
  more.addEventListener("click", () => {
    const next = list.children.length;
    shown += FIRST;
    extend();
    remember(true);
    list.children[next]?.querySelector("a").focus();
  });
  panel.open = wide.matches;
  wide.addEventListener("change", () => { panel.open = wide.matches; });
  addEventListener("popstate", restore);
  restore();
}
