// Small comforts: the fault summary gets the focus, a choice takes effect at once, a file that is too large is said so.
"use strict";

(() => {
  const settle = (root) => {
    const summary = root.querySelector("[data-summary]");
    if (summary) summary.focus();
    for (const button of root.querySelectorAll("[data-without-script]")) button.hidden = true;
  };

  document.addEventListener("change", (event) => {
    const form = event.target.closest?.("form[data-at-once]");
    if (form) form.requestSubmit();
  });

  document.addEventListener("change", ({ target: field }) => {
    if (field.type !== "file") return;
    const { most, large } = document.body.dataset;
    const tooLarge = Array.from(field.files).some((file) => file.size > most * 1024 * 1024);
    field.setCustomValidity(tooLarge ? large : "");
    field.reportValidity();
  });

  for (const moment of ["DOMContentLoaded", "shown"]) document.addEventListener(moment, () => settle(document));

  // who goes back to a form that was refused meets its page, not the browser's question whether to send it again
  document.addEventListener("shown", () => (document.body.dataset.shown = "1"));
  const forget = () => {
    const isAnswer = document.querySelector("[data-summary]") && !document.body.dataset.shown;
    if (isAnswer && document.referrer.startsWith(`${location.origin}/`)) history.replaceState(null, "", document.referrer);
  };
  document.addEventListener("submit", forget);
  document.addEventListener("click", (event) => {
    if (event.target.closest?.("a[href]:not([href^='#'])")) forget();
  });

  document.addEventListener("htmx:after:swap", (event) => settle(event.target instanceof Element ? event.target : document));
})();
