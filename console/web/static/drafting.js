// A draft that keeps itself: where it could not be kept this is said and tried again, and who leaves at once loses nothing.
"use strict";

(() => {
  const AGAIN = 5000;
  const form = document.querySelector("form[data-draft]");
  const warning = document.getElementById("unsaved");
  if (!form || !warning) return;
  let [typed, sent, kept, again] = [0, 0, 0, 0];

  form.addEventListener("input", () => {
    typed += 1;
    clearTimeout(again);
  });
  form.addEventListener("submit", () => (kept = typed));

  document.addEventListener("htmx:before:request", (event) => {
    if (event.target === form) sent = typed;
  });
  document.addEventListener("htmx:after:swap", () => {
    if (!document.querySelector("#saved.red")) kept = sent;
    warning.hidden = true;
  });
  document.addEventListener("htmx:error", (event) => {
    if (event.target !== form) return;
    warning.hidden = false;
    clearTimeout(again);
    again = setTimeout(() => form.dispatchEvent(new Event("input")), AGAIN);
  });

  // what was typed in the last seconds goes along when the page is left
  window.addEventListener("pagehide", () => {
    if (typed !== kept) navigator.sendBeacon(form.getAttribute("hx-post"), new URLSearchParams(new FormData(form)));
  });
})();
