/*
Hits: entries that hold all words, those with the words in their title first, each from the newest on.

Grams leave candidates; the text of each candidate decides before it is shown.
*/
const hits = (() => {
  const AT_ONCE = 10;
  const MOST_TRIED = 12; // texts read for one press of the button
  const FEW = 12; // so few candidates are verified sooner than another gram is loaded
  const ENOUGH = 60000; // characters of shards after which texts decide

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
  const chosen = (map, { column, year }) => map.blocks.map(([version, letters, years], number) => {
    const wanted = map.columns[column];
    const when = yearsOf(years, letters.length);
    const text = Uint8Array.from(letters, (letter, i) =>
      Number((!wanted || wanted.includes(letter)) && (!year || when[i] === year)));
    return { number, version, letters, text, title: text.slice(), size: letters.length };
  }).filter((block) => block.text.includes(1));

  const both = (one, other) => one.forEach((value, i) => { one[i] = value & other[i]; });

  const narrow = async (map, blocks, gram) => {
    const shard = index.shardOf(gram, map.shards);
    await Promise.all(blocks.map(async (block) => {
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

  const count = (blocks) => blocks.reduce((sum, block) =>
    sum + block.text.reduce((marked, value) => marked + value, 0), 0);

  /* Candidates: those with all grams in the title, then the others, each from the newest on. */
  const candidates = async (map, words, filters) => {
    let blocks = chosen(map, filters);
    const grams = inTurn(words);
    const before = index.received();
    let used = 0;
    for (const gram of grams) {
      if (used && (count(blocks) <= FEW || index.received() - before > ENOUGH)) break;
      blocks = await narrow(map, blocks, gram);
      used += 1;
    }
    const exact = used === grams.length && words.every((word) => Array.from(word).length <= 2);
    return { title: listed(blocks, "title"), text: listed(blocks, "text", "title"), exact };
  };

  /* The entry if it holds all words; whether all of them stand in its title. */
  const verified = async (map, { block, at }, words) => {
    const file = Math.floor(at / map.inOneFile);
    const texts = await index.fetchScript(`${block.number}/t${file}`, block.version);
    const [title, path, day, body] = texts[at % map.inOneFile];
    const [head, all] = [fold(title), fold(`${title}\n${body}`)];
    if (!words.every((word) => all.includes(word))) return null;
    const column = map.names[block.letters[at]] || "";
    return { title, path, day, body, column, titled: words.every((word) => head.includes(word)) };
  };

  const isLater = (one, other) => !other || one.block.number > other.block.number
    || (one.block.number === other.block.number && one.at > other.at);

  /* The hits of a query, some at a time; `left` counts the candidates that are not verified yet. */
  const answer = async (map, words, filters) => {
    const { title, text, exact } = await candidates(map, words, filters);
    const demoted = []; // with all pairs of the words in the title, but not the words

    const left = () => title.length + text.length + demoted.length;

    const next = () => {
      if (title.length) return { place: title.shift(), titled: true };
      if (demoted.length && isLater(demoted[0].place, text[0])) return demoted.shift();
      return { place: text.shift() };
    };

    const look = ({ place, hit }) => hit || verified(map, place, words);

    const batch = async () => {
      const found = [];
      for (let tried = 0; found.length < AT_ONCE && left() && tried < MOST_TRIED;) {
        // Titles apart from texts: which titles are demoted decides what comes next.
        const most = Math.min(AT_ONCE - found.length, MOST_TRIED - tried, title.length || left());
        const taken = Array.from({ length: most }, next);
        const looked = await Promise.all(taken.map(look));
        tried += taken.length;
        taken.forEach(({ place, titled }, i) => {
          if (looked[i] && titled && !looked[i].titled) demoted.push({ place, hit: looked[i] });
          else if (looked[i]) found.push(looked[i]);
        });
      }
      return found;
    };

    return { exact, left, batch };
  };

  return { answer };
})();
