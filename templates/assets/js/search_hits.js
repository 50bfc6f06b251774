/*
Hits: entries that hold all words, those with the words in their title first, each from the newest on.

Grams leave candidates; the text of each candidate decides before it is shown. Whether another gram
or another text is loaded next depends on how many candidates the last texts have denied.
*/
const hits = (() => {
  const AT_ONCE = 10;
  const FEW = 12; // so few candidates are verified sooner than another gram is loaded
  const SOME = 4; // candidates verified before it is known whether grams tell the truth
  const GRAMS = 90000; // bytes of shards after which texts decide,
  const MORE_GRAMS = 180000; // or, as long as each gram denies a quarter of the candidates, these
  const PRESS = 260000; // bytes for one press of the button
  const TEXT = 20000; // bytes expected of a file of texts before one is there

  /* One gram of each word in turn, so that no word waits for the end of another. */
  const inTurn = (words) => {
    const lists = words.map((word) => index.grams(word));
    const longest = Math.max(...lists.map((list) => list.length));
    const rounds = Array.from({ length: longest }, (_, i) => lists.map((list) => list[i]));
    return [...new Set(rounds.flat().filter((gram) => gram))];
  };

  const yearsOf = (years, count) => {
    const all = new Array(count).fill("");
    years.forEach(([year, from]) => all.fill(year, from));
    return all;
  };

  /* The blocks with those entries marked that stand in the column and year asked for. */
  const chosen = (map, { column, year }) => map.blocks.map((row, number) => {
    const [version, shards, letters, years, segments] = row;
    const wanted = map.columns[column];
    const when = yearsOf(years, letters.length);
    const text = Uint8Array.from(letters, (letter, i) =>
      Number((!wanted || wanted.includes(letter)) && (!year || when[i] === year)));
    const title = text.slice();
    return { number, version, shards, letters, segments, text, title, size: letters.length };
  }).filter((block) => block.text.includes(1));

  const both = (one, other) => one.forEach((value, i) => { one[i] = value & other[i]; });

  const narrow = async (blocks, gram) => {
    await Promise.all(blocks.map(async (block) => {
      const shard = index.shardOf(gram, block.shards);
      const content = await index.fetchScript(`${block.number}/g${shard}`, block.version);
      both(block.text, index.entriesWith(content, `}${gram}`, block.size));
      both(block.title, index.entriesWith(content, `{${gram}`, block.size));
    }));
    return blocks.filter((block) => block.text.includes(1));
  };

  const listed = (blocks, kind, other) => blocks.slice().reverse().flatMap((block) => {
    const found = [];
    for (let at = block.size - 1; at >= 0; at -= 1) {
      if (block[kind][at] && !(other && block[other][at])) found.push({ block, at });
    }
    return found;
  });

  /* The segment of an entry, and its place there: files of texts begin anew with each. */
  const segmentOf = ({ segments }, at) => {
    let [segment, within] = [0, at];
    while (within >= segments[segment]) {
      within -= segments[segment];
      segment += 1;
    }
    return [segment, within];
  };

  /* The entry if it holds all words; whether all of them stand in its title. */
  const verified = async (map, { block, at }, words) => {
    const [segment, within] = segmentOf(block, at);
    const file = `${block.number}/t${segment}-${Math.floor(within / map.inOneFile)}`;
    const texts = await index.fetchScript(file, block.version);
    const [title, path, day, body] = texts[within % map.inOneFile];
    const [head, all] = [fold(title), fold(`${title}\n${body}`)];
    if (!words.every((word) => all.includes(word))) return null;
    const column = map.names[block.letters[at]] || "";
    return { title, path, day, body, column, titled: words.every((word) => head.includes(word)) };
  };

  const isLater = (one, other) => !other || one.block.number > other.block.number
    || (one.block.number === other.block.number && one.at > other.at);

  /* The hits of a query, some at a time; `left` counts the candidates that are not shown yet,
     `sure` those of them that do hold the words. */
  const answer = async (map, words, filters) => {
    const grams = inTurn(words);
    const demoted = []; // with all grams of the words in the title, but not the words
    let begun = index.received();
    let blocks = chosen(map, filters);
    let title = [];
    let text = [];
    let used = 0;
    let cost = 0; // of the last gram

    const spent = () => index.received() - begun;

    const narrowed = async () => {
      const before = index.received();
      blocks = await narrow(blocks, grams[used]);
      used += 1;
      cost = index.received() - before;
      title = listed(blocks, "title");
      text = listed(blocks, "text", "title");
    };

    const left = () => title.length + text.length + demoted.length;

    const next = () => {
      if (!title.length && demoted.length && isLater(demoted[0].place, text[0])) return demoted.shift();
      const titled = title.length > 0;
      const place = titled ? title.shift() : text.shift();
      place.block.text[place.at] = 0; // it is a candidate no more
      place.block.title[place.at] = 0;
      return { place, titled };
    };

    const look = ({ place, hit }) => hit || verified(map, place, words);

    const batch = async () => {
      const found = [];
      let [tried, denied, size] = [0, 0, TEXT];
      while (found.length < AT_ONCE && left()) {
        if (tried && spent() + size > PRESS) break;
        if (denied * 2 > tried && used < grams.length && spent() + cost + size < PRESS) {
          await narrowed();
          [tried, denied] = [0, 0];
        } else {
          const fitting = Math.max(1, Math.floor((PRESS - spent()) / size));
          // Titles apart from texts: which titles are demoted decides what comes next.
          const most = Math.min(AT_ONCE - found.length, fitting, title.length || left(),
            exact || tried > denied ? AT_ONCE : SOME);
          const taken = Array.from({ length: most }, next);
          const before = index.received();
          const looked = await Promise.all(taken.map(look));
          size = Math.max(size, (index.received() - before) / most);
          tried += most;
          denied += looked.filter((hit) => !hit).length;
          taken.forEach(({ place, titled }, i) => {
            if (looked[i] && titled && !looked[i].titled) demoted.push({ place, hit: looked[i] });
            else if (looked[i]) found.push(looked[i]);
          });
        }
      }
      begun = index.received();
      return found;
    };

    for (let before = Infinity; used < grams.length && (!used || left() > FEW);) {
      if (spent() + cost > (left() * 4 < before * 3 ? MORE_GRAMS : GRAMS)) break;
      before = left();
      await narrowed();
    }
    const exact = used === grams.length && words.every((word) => Array.from(word).length <= 2);
    return { exact, left, sure: () => demoted.length, batch };
  };

  return { answer };
})();
