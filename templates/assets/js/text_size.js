/* Text size: one of three, kept in the browser where it lets us. */
{
  const KEY = "text-size";
  const root = document.documentElement;
  const buttons = [...document.querySelectorAll("[data-text-size]")];
  const sizes = ["", "large", "largest"];

  const show = (size) => {
    root.dataset.textSize = size;
    for (const button of buttons) {
      button.setAttribute("aria-pressed", String(button.dataset.textSize === size));
    }
  };

  const kept = () => {
    try {
      return localStorage.getItem(KEY) || "";
    } catch {
      return ""; // storage is refused on some file:// pages and in private windows
    }
  };

  const keep = (size) => {
    try {
      localStorage.setItem(KEY, size);
    } catch {
      // the size then lasts as long as the page
    }
  };

  for (const button of buttons) {
    button.addEventListener("click", () => {
      show(button.dataset.textSize);
      keep(button.dataset.textSize);
    });
  }
  show(sizes.includes(kept()) ? kept() : "");
}
