/*
The index: loads the shards a query needs and says which entries may hold its words.

Shards are scripts, for a page opened from a disk may load nothing else; each hands over one value.
Decision 23 describes the format.
*/
const loaded = new Map();
window.searchLoaded = (name, value) => loaded.set(name, value);

const index = (() => {
  const LETTERS = Array.from({ length: 95 }, (_, n) => String.fromCharCode(32 + n))
    .filter((letter) => !"\"\\{}~".includes(letter)).join("");
  const [ALONE, LEADING] = [60, 28]; // letters that are a gap alone, and those before one more
  const waiting = new Map();
  let received = 0;

  /* Bytes of a text, as if each character beyond ASCII had three. */
  const sizeOf = (text) => text.length + 2 * text.replace(/[\0-\x7f]+/g, "").length;

  const fetchScript = (name, version) => {
    if (!waiting.has(name)) {
      waiting.set(name, new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = `search/${name}.js?v=${version}`;
        script.onload = () => {
          received += sizeOf(JSON.stringify(loaded.get(name)));
          resolve(loaded.get(name));
          script.remove();
        };
        script.onerror = () => {
          waiting.delete(name);
          reject(new Error(name));
        };
        document.head.append(script);
      }));
    }
    return waiting.get(name);
  };

  const gaps = (posting, found) => {
    let i = 0;
    const letter = () => LETTERS.indexOf(posting[i++]);
    for (let at = -1; i < posting.length;) {
      const first = letter();
      if (first < ALONE) {
        at += first + 1;
      } else {
        const more = first - ALONE;
        const middle = more < LEADING ? more : LEADING + (more - LEADING) * LETTERS.length + letter();
        at += ALONE + 1 + middle * LETTERS.length + letter();
      }
      found[at] = 1;
    }
  };

  const bits = (posting, found) => {
    const bytes = atob(posting);
    for (let at = 0; at < found.length; at += 1) {
      found[at] = (bytes.charCodeAt(at >> 3) >> (7 - (at & 7))) & 1;
    }
  };

  /* Which of the entries of a block a gram stands in, as one byte for each. */
  const entriesWith = (shard, key, count) => {
    const found = new Uint8Array(count);
    const start = shard.indexOf(key);
    if (start >= 0) {
      const rest = shard.slice(start + key.length);
      const posting = rest.slice(0, (`${rest}}`).search(/[{}]/));
      (posting[0] === "~" ? bits(posting.slice(1), found) : gaps(posting, found));
    }
    return found;
  };

  const grams = (word) => {
    const letters = Array.from(word);
    if (letters.length === 1) return [`${word}~`];
    const pairs = letters.slice(1).map((letter, i) => letters[i] + letter);
    // The pairs that reach from one word of two characters into the next tell most, so they go first.
    return [...pairs.filter((_, i) => i % 2), ...pairs.filter((_, i) => !(i % 2))];
  };

  const shardOf = (gram, shards) => {
    const [first, second] = Array.from(gram, (letter) => letter.codePointAt(0));
    return (first * 31 + second) % shards;
  };

  return { fetchScript, entriesWith, grams, shardOf, received: () => received };
})();
