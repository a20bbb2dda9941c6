// Small comforts: the fault summary gets the focus, a choice takes effect at once, nothing is sent twice.
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

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    if (form.method === "post" && !form.hasAttribute("hx-post")) form.dataset.sent = "1";
  });

  // a page that comes back from the browser's memory may be sent again
  window.addEventListener("pageshow", () => {
    for (const form of document.forms) delete form.dataset.sent;
  });

  document.addEventListener("DOMContentLoaded", () => settle(document));
  document.addEventListener("htmx:after:swap", (event) => settle(event.target instanceof Element ? event.target : document));
})();
