/* The form of the page: read when it is sent or changed, answered in the list below it. */
{
  const form = document.getElementById("terms");
  const note = document.getElementById("result-note");
  const fields = ["received", "corrected", "asked", "heard"];
  const known = Terms.calendar(form.dataset);
  const counts = {};
  for (const term of ["notice", "opinion", "answer", "extended"]) {
    counts[term] = Number(form.dataset[term]);
  }

  const inWords = (at) => {
    const date = new Date(at * 86400000);
    const weekday = "日一二三四五六"[date.getUTCDay()];
    const day = `${date.getUTCFullYear()}年${date.getUTCMonth() + 1}月${date.getUTCDate()}日`;
    return `${day}（星期${weekday}）`;
  };

  const unknown = `算不出：要用到${inWords(known.last)}以后的放假安排，本页还没有收录`;

  const read = () => {
    const days = {};
    for (const name of fields) {
      const field = document.getElementById(name);
      days[name] = Terms.day(field.value);
      if (days[name] === null && field.value.trim()) {
        return `“${field.labels[0].textContent}”不是日期，请写成 20240920 或者 2024-9-20。`;
      }
    }
    return days;
  };

  const refusal = (days) => {
    if (typeof days === "string") {
      return days;
    }
    if (days.received === null) {
      return "请填收到申请的日期。";
    }
    if (days.received < known.first) {
      return `${inWords(known.first)}以前收到的申请适用当时施行的条例，这里不算。`;
    }
    return Terms.outOfOrder(days) ? "日期的先后不对，请核对。" : "";
  };

  const answer = () => {
    const days = read();
    const refused = refusal(days);
    note.textContent = refused || "各个期限的最后一天：";
    const found = refused ? {} : Terms.lastDays(known, counts, days);
    for (const cell of form.querySelectorAll("[data-term]")) {
      const term = cell.dataset.term;
      cell.parentElement.hidden = refused !== "" || (term === "opinion" && days.asked === null);
      cell.textContent = refused || found[term] === null ? unknown : inWords(found[term]);
    }
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    answer();
  });
  form.addEventListener("change", () => {
    if (document.getElementById("received").value) {
      answer();
    }
  });
}
