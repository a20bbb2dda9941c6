// How forms are sent: nothing twice; a file on its way shows how far it has come, and what was typed and chosen stays
// where the answer has no place for it.
"use strict";

(() => {
  const said = () => document.body.dataset;

  const tell = (form, sentence) => {
    const place = form.querySelector("[data-told]") ?? document.createElement("p");
    place.dataset.told = "";
    place.className = "summary";
    place.tabIndex = -1;
    place.setAttribute("role", "alert");
    place.textContent = sentence;
    form.prepend(place);
    place.focus();
    for (const bar of form.querySelectorAll("progress[data-carried]")) bar.hidden = true;
    delete form.dataset.sent;
  };

  // the page that answers a form takes the place of the one with the form, whose address stays
  const show = (page) => {
    document.documentElement.replaceWith(document.adoptNode(page.documentElement));
    window.htmx?.process(document.body);
    document.dispatchEvent(new Event("shown"));
  };

  const hasForm = (page, form) =>
    Array.from(page.forms).some((one) => one.getAttribute("action") === form.getAttribute("action"));

  const wordsOf = (page) => Array.from(page.querySelectorAll("h1, main .panel > p:not(.row-of)"), (one) => one.textContent);

  const refuse = (form, status, page) => {
    if (status === 401) tell(form, said().signin);
    else if (!page) tell(form, said().unsent);
    else if (hasForm(page, form)) show(page);
    else tell(form, wordsOf(page).join(" "));
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
      else refuse(form, request.status, request.response);
    });
    request.addEventListener("error", () => refuse(form, 0, null));
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
})();
