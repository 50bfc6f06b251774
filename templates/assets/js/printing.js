/* Printing, and showing the controls that work only with a script. */
{
  for (const button of document.querySelectorAll("[data-print]")) {
    button.addEventListener("click", () => print());
  }
  for (const part of document.querySelectorAll("[data-needs-script]")) {
    part.hidden = false;
  }
}
