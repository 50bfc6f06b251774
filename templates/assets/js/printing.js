/* Printing, and showing the controls that work only with a script. */
{
  for (const button of document.querySelectorAll("[data-print]")) {
    button.addEventListener("click", () => print());
  }
  addEventListener("beforeprint", () => {
    const printed = document.querySelector("[data-printed]");
    if (printed) {
      printed.textContent = new Date().toLocaleDateString("zh-CN");
      printed.parentElement.hidden = false;
    }
  });
  for (const part of document.querySelectorAll("[data-needs-script]")) {
    part.hidden = false;
  }
}
