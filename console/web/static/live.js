// Counts that stay up to date: the server says that something changed, the page asks itself for what it shows now.
"use strict";

(() => {
  const address = document.body.dataset.events;
  if (!address || !window.EventSource) return;

  const [FIRST, LONGEST, QUIET] = [3000, 300000, 10000];
  const said = document.getElementById("live-said");
  let [source, before, wait, opening, asking, asked] = [null, null, FIRST, 0, 0, 0];

  const close = () => {
    clearTimeout(opening);
    clearTimeout(asking);
    source?.close();
    source = null;
  };

  // many windows lose a server at the same moment, and must not come back at the same one
  const later = () => (opening = setTimeout(open, wait * (0.5 + Math.random())));

  const open = () => {
    source = new EventSource(address);
    source.addEventListener("counts", (event) => take(JSON.parse(event.data)));
    // too many windows of one person are open: this one waits until somebody looks at it again
    source.addEventListener("elsewhere", close);
    source.onerror = () => {
      close();
      later();
      wait = Math.min(wait * 2, LONGEST);
    };
  };

  const take = ({ menu, last }) => {
    wait = FIRST;
    const changed = [];
    for (const [path, count] of Object.entries(menu)) {
      const link = document.querySelector(`nav.side a[href="${path}"]`);
      const shown = link?.querySelector("span");
      if (!shown || shown.textContent === count) continue;
      [shown.textContent, shown.hidden] = [count, count === "0"];
      changed.push(link.textContent.trim());
    }
    if (changed.length && said) said.textContent = changed.join(", ");
    if (before !== null && last !== before) {
      clearTimeout(asking);
      asking = setTimeout(ask, Math.max(0, asked + QUIET - Date.now()));
    }
    before = last;
  };

  const ask = async () => {
    const parts = document.querySelectorAll("[data-live][id]");
    if (!parts.length) return;
    asked = Date.now();
    // looking on by itself does not keep a session alive
    const answer = await fetch(location.href, { headers: { "x-watching": "1" } }).catch(() => null);
    if (!answer?.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const part of parts) swap(part, page.getElementById(part.id));
  };

  const swap = (part, fresh) => {
    const marked = getSelection();
    const isRead = marked && !marked.isCollapsed && part.contains(marked.anchorNode);
    if (!fresh || isRead || fresh.innerHTML === part.innerHTML) return;
    const at = part.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
    part.replaceChildren(...fresh.childNodes);
    if (at) Array.from(part.querySelectorAll("a")).find((one) => one.getAttribute("href") === at)?.focus();
  };

  const watch = () => {
    close();
    if (!document.hidden) later();
  };

  document.addEventListener("visibilitychange", watch);
  window.addEventListener("pagehide", close);
  window.addEventListener("pageshow", watch);
})();
