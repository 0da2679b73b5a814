// Keys and the slider. Every page works without this file: a key does what its
// button or link does, and the slider is a form.
"use strict";

// Keys can be turned off, for those who speak to their computer.
const keys = document.getElementById("keys");
let keysOn = localStorage.getItem("keys") !== "off";
function tellKeys() {
  keys.textContent = keysOn ? "Keys are on" : "Keys are off";
  keys.setAttribute("aria-pressed", String(keysOn));
}
if (keys) {
  keys.hidden = false;
  tellKeys();
  keys.addEventListener("click", () => {
    keysOn = !keysOn;
    localStorage.setItem("keys", keysOn ? "on" : "off");
    tellKeys();
  });
}

// A letter activates what carries it in data-key, where nobody is writing.
document.addEventListener("keydown", (event) => {
  if (!keysOn || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const at = event.target;
  const writing = at.closest("input, textarea, select, [contenteditable]");
  if (event.key === "Escape" && writing) at.blur();
  if (writing || event.repeat) return;
  if (event.key === "/") {
    const find = document.getElementById("q") || document.getElementById("find");
    if (find) {
      event.preventDefault();
      find.focus();
    }
    return;
  }
  if (!/^[a-z]$/.test(event.key)) return;
  const target = document.querySelector(`[data-key="${event.key}"]`);
  if (!target) return;
  event.preventDefault();
  target.click();
  const details = target.closest("details");
  if (details && details.open) details.querySelector("select, input:not([type=hidden])").focus();
});

// The slider of a body: what it shows is fetched from the address that the form
// would lead to, so that the slider keeps the focus.
for (const form of document.querySelectorAll("form[data-live]")) {
  const slider = form.querySelector("input[type=range]");
  const shown = form.querySelector("output");
  const live = document.getElementById(form.dataset.live);
  let timer, asked = 0;
  slider.addEventListener("input", () => {
    const month = Number(slider.value);
    shown.value = new Date(Date.UTC(Math.floor(month / 12), (month % 12) + 1, 0)).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
    clearTimeout(timer);
    timer = setTimeout(show, 200);
  });
  async function show() {
    const turn = ++asked;
    const address = `${location.pathname}?${new URLSearchParams(new FormData(form))}`;
    const answer = await fetch(address, { headers: { Accept: "text/html" } });
    if (!answer.ok || turn !== asked) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    live.replaceChildren(...page.getElementById(live.id).childNodes);
    for (const name of [".clocks", ".cite"]) {
      const [now, then] = [document.querySelector(name), page.querySelector(name)];
      if (now && then) now.replaceWith(then);
    }
    history.replaceState(null, "", answer.url);
  }
}
