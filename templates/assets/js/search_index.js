/*
The index: loads the shards a query needs and says which entries may hold its words.

Shards are scripts, for a page opened from a disk may load nothing else; each hands over one value.
Decision 0011 describes the format.
*/
const loaded = new Map();
window.searchLoaded = (name, value) => loaded.set(name, value);

const index = (() => {
  const LETTERS = Array.from({ length: 95 }, (_, n) => String.fromCharCode(32 + n))
    .filter((letter) => !"\"\\{}~".includes(letter)).join("");
  const SHORT = 60;
  const waiting = new Map();
  let received = 0;

  const fetchScript = (name, version) => {
    if (!waiting.has(name)) {
      waiting.set(name, new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = `search/${name}.js?v=${version}`;
        script.onload = () => {
          received += String(loaded.get(name)).length;
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
    for (let at = -1, i = 0; i < posting.length; i += 1) {
      const first = LETTERS.indexOf(posting[i]);
      if (first < SHORT) {
        at += first + 1;
      } else {
        i += 1;
        at += SHORT + 1 + (first - SHORT) * LETTERS.length + LETTERS.indexOf(posting[i]);
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
