// Checks the words as they are typed. The form does its whole job without this file: it only
// shows sooner what the Check button would show. Nothing it receives is ever read as markup.
(() => {
  "use strict";

  const PAUSE = 600;
  const WEIGHTS = { block: "Must change", review: "Needs approval", advise: "Advice" };
  const OUTCOMES = {
    clear: "Ready to send.",
    review: "You can send it. Communications decide before it goes out.",
    blocked: "This post cannot go out yet.",
  };

  const form = document.getElementById("post-form");
  const text = document.getElementById("text");
  const live = document.getElementById("live");
  if (!form || !text || !live || !window.fetch || !window.AbortController) return;

  let timer = 0;
  let asked = null;

  const line = (tag, words) => {
    const element = document.createElement(tag);
    element.textContent = words;
    return element;
  };

  const name = (platform) => {
    const box = form.querySelector(`input[name="platforms"][value="${CSS.escape(platform)}"]`);
    return box && box.labels.length ? box.labels[0].textContent.trim() : platform;
  };

  const counted = (one) => {
    const over = one.limit === null ? 0 : one.length - one.limit;
    const of = one.limit === null ? "" : ` of ${one.limit}`;
    return `${name(one.platform)}: ${one.length}${of} characters${over > 0 ? `, ${over} too many` : ""}`;
  };

  const found = (finding) => {
    const words = Array.from(text.value).slice(finding.start, finding.end).join("");
    const quoted = words && words.length <= 80 ? ` “${words}”` : "";
    return `${WEIGHTS[finding.severity] || finding.severity}: ${finding.message}${quoted} ${finding.suggestion}`;
  };

  const list = (lines) => {
    const element = document.createElement("ul");
    element.append(...lines.map((words) => line("li", words)));
    return element;
  };

  const show = (answer) => {
    const parts = [line("p", OUTCOMES[answer.outcome] || "")];
    if (answer.counts && answer.counts.length) parts.push(list(answer.counts.map(counted)));
    if (answer.findings.length) parts.push(list(answer.findings.map(found)));
    live.replaceChildren(...parts);
    live.hidden = false;
  };

  const hide = () => {
    live.hidden = true;
    live.replaceChildren();
  };

  const account = () =>
    form.querySelector(
      "input[name=account]:checked, input[name=account][type=hidden], #account option:checked",
    );

  const draft = () => {
    const words = { text: text.value, platforms: new FormData(form).getAll("platforms") };
    words.account = account().value;
    return words;
  };

  const ready = () =>
    text.value.trim() && account() && account().value && new FormData(form).has("platforms");

  const ask = async () => {
    if (asked) asked.abort();
    if (!ready()) return hide();
    asked = new AbortController();
    const mine = asked;
    const late = setTimeout(() => mine.abort(), 10000);
    try {
      const answer = await fetch(form.dataset.checks, {
        method: "POST",
        headers: { "Content-Type": "application/json", Accept: "application/json" },
        body: JSON.stringify(draft()),
        credentials: "same-origin",
        signal: mine.signal,
      });
      if (mine !== asked) return;
      if (answer.ok) show(await answer.json());
      else hide();
    } catch {
      // Off line or too slow: the Check button still works and says what is wrong.
      if (mine === asked) hide();
    } finally {
      clearTimeout(late);
    }
  };

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
})();
