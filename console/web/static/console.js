// Small comforts: the fault summary gets the focus, a choice takes effect at once, nothing is sent twice, and a file
// on its way shows how far it has come.
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

  // the page that answers a form takes the place of the one with the form, whose address stays
  const show = (page) => {
    document.documentElement.replaceWith(document.adoptNode(page.documentElement));
    window.htmx?.process(document.body);
    settle(document);
  };

  const carry = (form, button) => {
    const fields = new FormData(form);
    if (button?.name) fields.append(button.name, button.value);
    const bar = form.querySelector("progress[data-carried]");
    const request = new XMLHttpRequest();
    request.upload.addEventListener("progress", (event) => {
      if (bar && event.lengthComputable) bar.value = event.loaded / event.total;
    });
    request.addEventListener("load", () => {
      if (request.status < 400 && request.responseURL !== form.action) window.location.assign(request.responseURL);
      else if (request.response) show(request.response);
      else form.submit();
    });
    request.addEventListener("error", () => form.submit());
    request.open("POST", form.action);
    request.responseType = "document";
    if (bar) bar.hidden = false;
    request.send(fields);
  };

  const withFile = (form) => Array.from(form.querySelectorAll("input[type=file]")).some((field) => field.files.length);

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    if (form.enctype === "multipart/form-data" && withFile(form)) {
      event.preventDefault();
      form.dataset.sent = "1";
      carry(form, event.submitter);
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
