/* Last days of an application's terms. The program that made this page counts them the same way.
   A day is its number since 1970-01-01; null is a day that no notice decides. */
const Terms = (() => {
  const number = (year, month, day) => Date.UTC(year, month - 1, day) / 86400000;

  /* "2024-09-20", "2024/9/20", "2024年9月20日" or "20240920"; null for what is no date. */
  const day = (written) => {
    const text = written.normalize("NFKC").trim();
    const spaced = text.match(/^(\d{4})\D(\d{1,2})\D(\d{1,2})\D?$/);
    const found = spaced || text.match(/^(\d{4})(\d{2})(\d{2})$/);
    if (!found) {
      return null;
    }
    const [year, month, of_month] = found.slice(1).map(Number);
    const made = number(year, month, of_month);
    const back = new Date(made * 86400000);
    const same = back.getUTCMonth() + 1 === month && back.getUTCDate() === of_month;
    return same ? made : null;
  };

  const calendar = (kept) => {
    const days = (text) => new Set(text.split(" ").filter(Boolean).map(day));
    return { first: day(kept.first), last: day(kept.last), off: days(kept.off), on: days(kept.on) };
  };

  const works = (known, at) => {
    if (at < known.first || at > known.last) {
      return null;
    }
    const weekday = (at + 4) % 7; // 1970-01-01 was a Thursday; 0 is Sunday
    return known.on.has(at) || (weekday >= 1 && weekday <= 5 && !known.off.has(at));
  };

  /* Days after `from` and up to `until` do not count; nor does the first day. */
  const after = (known, first, count, from = null, until = null) => {
    let at = first;
    for (let left = count; left > 0; ) {
      at += 1;
      const working = works(known, at);
      if (working === null) {
        return null;
      }
      if (working && !(from !== null && until !== null && from < at && at <= until)) {
        left -= 1;
      }
    }
    return at;
  };

  const outOfOrder = ({ received, corrected, asked, heard }) =>
    (heard !== null && (asked === null || heard < asked)) ||
    [corrected, asked].some((at) => at !== null && at < received);

  const lastDays = (known, counts, { received, corrected, asked, heard }) => {
    const begun = corrected === null ? received : corrected;
    const due = asked === null ? null : after(known, asked, counts.opinion);
    const unsure = asked !== null && heard === null && due === null;
    const until = heard === null ? due : heard;
    const answer = (count) => (unsure ? null : after(known, begun, count, asked, until));
    return {
      notice: after(known, received, counts.notice),
      opinion: due,
      answer: answer(counts.answer),
      extended: answer(counts.extended),
    };
  };

  return { calendar, day, lastDays, outOfOrder };
})();
