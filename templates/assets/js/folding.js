/* Folding: site_builder/model/folding.py says what it does; both are held to the same examples. */
const fold = (() => {
  const LEFT_OUT = new RegExp("[\\t\\v\\f\\r \\x1c-\\x1f\\x85\\xa0\\u1680\\u2028\\u2029\\u202f\\u205f\\u3000"
    + "\\xad\\u2060\\ufeff\\u2000-\\u200f"
    + "()\\[\\]{}<>〈〉《》「」『』【】〔〕〖〗〘〙〚〛"
    + "\"'`“”„‟‘’‚‛‹›«»〝〞〟"
    + "*_\\\\#|]", "g");
  const DASHES = /[‐‑‒–—―−~〜]/g;
  return (text) => text.normalize("NFKC").toUpperCase().toLowerCase()
    .replace(LEFT_OUT, "").replace(DASHES, "-").replace(/ς/g, "σ");
})();
