// What arrives while a page is open: it is told below, and never moves the page. Without this file nothing is lost: whoever loads the
// page again sees it. It holds no words: they come from the page and from the stream.
(() => {
  "use strict";

  const news = document.querySelector("[data-live]");
  if (!news) return;
  const comments = document.getElementById("new-comments");
  const SOONEST = 2000, LATEST = 60000;
  let stream, last = "", wait = SOONEST, from = null;

  // --- the stream: one element that is made anew when it could not be opened; what is lost later, hx-sse opens again ----

  function connect() {
    stream?.remove();
    const address = new URL(news.dataset.live, location.href);
    if (last) address.searchParams.set("after", last);
    stream = document.createElement("div");
    stream.hidden = true;
    stream.setAttribute("hx-sse:connect", address.pathname + address.search);
    stream.setAttribute("hx-swap", "none");
    document.body.append(stream);
    htmx.process(stream);
  }

  function again({ detail: { ctx } }) {
    if (ctx?.sourceElement !== stream || ctx.request.action !== stream.getAttribute("hx-sse:connect")) return;
    const { status, headers } = ctx.response ?? {};
    if (status === 404) return; // not for this reader any more
    const asked = 1000 * (Number(headers?.get("Retry-After")) || 0);
    setTimeout(connect, Math.max(asked, wait) * (1 + Math.random() / 4));
    wait = Math.min(2 * wait, LATEST);
  }

  document.addEventListener("htmx:error", again);
  document.addEventListener("htmx:response:error", again);
  document.addEventListener("htmx:sse:after:connection", () => { wait = SOONEST; });
  document.addEventListener("htmx:sse:after:message", ({ detail }) => { last = detail.message.id || last; });
  document.addEventListener("htmx:sse:error", ({ detail: { status } }) => { if (status === 404) stream.remove(); });

  // --- new comments: their numbers are gathered, and asked for when somebody wants to read them -------------------------

  function count() {
    const { length } = comments.querySelectorAll("input");
    comments.hidden = !length;
    const words = length === 1 ? comments.dataset.one : comments.dataset.many.replace("{n}", length);
    comments.querySelector("button").textContent = length ? words : "";
    if (length) document.getElementById("live").textContent = words;
  }

  document.addEventListener("comment", ({ target, detail: { data } }) => {
    if (target !== stream || document.getElementById(`c${data}`) || comments.querySelector(`[value="${CSS.escape(data)}"]`)) return;
    const input = document.createElement("input");
    Object.assign(input, { type: "hidden", name: "id", value: data });
    comments.prepend(input);
    count();
  });

  function told() {
    comments.querySelectorAll("input").forEach((input) => input.remove());
    count();
  }

  document.addEventListener("htmx:after:settle", ({ detail: { task, newContent } }) => {
    if (task.sourceElement !== comments) return;
    const [comment] = newContent.filter((node) => node instanceof Element);
    comment?.classList.add("arrived");
    if (comments.hidden || !comment) return; // the first has the focus already
    for (let folded = comment.closest("details"); folded; folded = folded.parentElement.closest("details")) folded.open = true;
    comment.tabIndex = -1;
    comment.focus();
    told();
  });

  document.addEventListener("htmx:response:error", ({ detail: { ctx } }) => {
    if (ctx.sourceElement === comments && ctx.response.status === 404) told(); // they were taken back meanwhile
  });

  // --- a task somebody ticked: its line, where the page has it ------------------------------------------------------------

  document.addEventListener("task", ({ target, detail: { data } }) => {
    if (target !== stream || !document.getElementById(`task-${data}`)) return;
    htmx.ajax("GET", `/${document.documentElement.lang}/tasks/${data}`, { source: stream, target: `#task-${data}`, swap: "outerMorph" });
  });

  // --- a page that has come anew tells all that was told below it ---------------------------------------------------------

  document.addEventListener("htmx:after:settle", ({ detail: { newContent } }) => {
    if (newContent.some((node) => node.id === "main")) news.querySelectorAll(".notice").forEach((notice) => notice.remove());
  });

  // --- a notice that was read goes, and the focus back to where it was ------------------------------------------------------

  document.addEventListener("focusin", ({ target }) => { if (!news.contains(target)) from = target; });
  news.addEventListener("click", ({ target }) => {
    if (!target.closest("[data-dismiss]")) return;
    target.closest(".notice").remove();
    (from?.isConnected ? from : document.getElementById("main")).focus({ preventScroll: true });
  });

  setTimeout(connect); // after htmx has begun, which waits for nothing either
})();
