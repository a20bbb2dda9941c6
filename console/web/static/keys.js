// Keys that survive an input method: Ctrl+K finds, Ctrl+Enter sends, arrows walk a list, Esc closes.
"use strict";

(() => {
  const rows = () => Array.from(document.querySelectorAll("[data-walk] a"));

  const walk = (by) => {
    const found = rows();
    const at = found.indexOf(document.activeElement);
    const next = at < 0 ? found[0] : found[Math.min(Math.max(at + by, 0), found.length - 1)];
    next?.focus();
  };

  const send = () => {
    const form = document.activeElement?.closest("form");
    const button = form?.querySelector("button.btn-primary, button[type=submit]");
    if (button && !button.disabled) button.click();
  };

  const close = () => {
    const open = document.activeElement?.closest("details[open]") ?? document.querySelector("details[open][data-closes]");
    if (!open) return;
    open.removeAttribute("open");
    open.querySelector("summary")?.focus();
  };

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229) return;
    const command = event.ctrlKey || event.metaKey;
    if (command && event.key.toLowerCase() === "k") {
      const field = document.querySelector("[data-search]");
      if (field) {
        event.preventDefault();
        field.focus();
        field.select();
      }
    } else if (command && event.key === "Enter") {
      event.preventDefault();
      send();
    } else if (event.key === "Escape") {
      close();
    } else if (document.activeElement?.closest("[data-walk]") && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      walk(event.key === "ArrowDown" ? 1 : -1);
    }
  });
})();
