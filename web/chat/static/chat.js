"use strict";
// Three phones on one stream. All state is the server's: what was seen is rebuilt from the beginning after a reload.

const words = JSON.parse(document.getElementById("words").textContent);
const sides = [...document.querySelectorAll(".phone")];
const known = new Map(); // phone -> Map(ref -> message)
let caughtUp = false;

const make = (tag, className, text) => {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
};
const key = () => (crypto.randomUUID ? crypto.randomUUID() : `${Date.now()}-${Math.random()}`);
const selected = (side) => side.querySelector('[role=tab][aria-selected="true"]').dataset.phone;

async function post(path, data) {
  const form = data instanceof FormData;
  if (form) data.append("key", key()); else data.key = key();
  try {
    const answer = await fetch(path, {
      method: "POST", body: form ? data : JSON.stringify(data),
      headers: form ? {} : { "Content-Type": "application/json" },
    });
    if (!answer.ok) throw new Error(await answer.text());
  } catch (error) {
    alert(`${words.failed}\n${error.message}`);
  }
}

function draw(side, message, how) {
  const list = side.querySelector(".messages");
  const old = list.querySelector(`[data-ref="${message.ref}"]`);
  const item = make("li", `${message.mine ? "mine" : ""} ${message.body.tapped ? "tapped" : ""} ${how}`);
  item.dataset.ref = message.ref;
  const bubble = make("div", "bubble", message.body.text);
  if (message.body.point) bubble.textContent = `${words.place} ${message.body.point.map((n) => n.toFixed(4)).join(", ")}`;
  for (const media of message.body.media || []) bubble.append(show(media));
  item.append(bubble);
  if (message.body.rows.length) item.append(buttons(side, message));
  item.append(meta(side, message));
  const low = list.scrollHeight - list.scrollTop - list.clientHeight < 80;
  // a card that was edited keeps its place
  if (old) old.replaceWith(item);
  else list.insertBefore(item, [...list.children].find((other) => Number(other.dataset.ref) > Number(message.ref)) || null);
  if (!old || low) list.scrollTop = list.scrollHeight;
}

function show(media) {
  const tag = { photo: "img", voice: "audio", video: "video" }[media.kind] || "a";
  const element = make(tag);
  if (tag === "a") {
    element.href = `/media/${media.id}`;
    element.textContent = media.name || words.file;
    element.download = media.name || "";
  } else element.src = `/media/${media.id}`;
  if (tag === "img") element.alt = words.photo;
  if (tag === "audio" || tag === "video") element.controls = true;
  return element;
}

function buttons(side, message) {
  const box = make("div", "buttons");
  for (const row of message.body.rows) {
    const line = make("div");
    for (const button of row) {
      const element = make("button", "", button.label);
      element.type = "button";
      element.addEventListener("click", () => {
        box.querySelectorAll("button").forEach((b) => { b.disabled = true; });
        setTimeout(() => box.querySelectorAll("button").forEach((b) => { b.disabled = false; }), 1500);
        post("/tap", { phone: message.phone, ref: message.ref, data: button.data });
      });
      line.append(element);
    }
    box.append(line);
  }
  return box;
}

function meta(side, message) {
  const line = make("div", "meta", message.at);
  if (message.body.edited) line.append(make("span", "", words.edited));
  const reply = make("button", "", words.reply);
  reply.type = "button";
  reply.addEventListener("click", () => {
    const quote = side.querySelector(".quote");
    quote.hidden = false;
    quote.dataset.ref = message.ref;
    quote.querySelector("span").textContent = message.body.text;
    side.querySelector("input[name=text]").focus();
  });
  line.append(reply);
  return line;
}

function open(side, phone) {
  side.querySelectorAll("[role=tab]").forEach((tab) => {
    const here = tab.dataset.phone === phone;
    tab.setAttribute("aria-selected", here);
    if (here) badge(tab, 0);
  });
  side.querySelector(".messages").replaceChildren();
  for (const message of (known.get(phone) || new Map()).values()) draw(side, message, "");
}

function badge(tab, count) {
  const mark = tab.querySelector(".badge");
  mark.textContent = count || "";
  mark.hidden = !count;
}

function heard(message) {
  const mine = known.get(message.phone) || new Map();
  const before = mine.get(message.ref);
  mine.set(message.ref, message);
  known.set(message.phone, mine);
  const tab = document.querySelector(`[data-phone="${CSS.escape(message.phone)}"]`);
  if (!tab) return;
  const side = tab.closest(".phone");
  const rings = caughtUp && !message.mine && !before;
  if (tab.getAttribute("aria-selected") === "true") draw(side, message, rings ? "ring" : caughtUp && before && message.body.edited ? "changed" : "");
  else if (rings) badge(tab, Number(tab.querySelector(".badge").textContent || 0) + 1);
  if (rings && !side.hasAttribute("data-front")) document.querySelector(`[data-tab="${side.dataset.side}"] .dot`).hidden = false;
}

const stream = new EventSource("/events");
stream.addEventListener("message", (event) => {
  const data = JSON.parse(event.data);
  if (data.clock) {
    document.getElementById("clock").textContent = data.clock;
    caughtUp = true;
  } else heard(data);
});

document.querySelectorAll("[data-push]").forEach((button) =>
  button.addEventListener("click", () => post("/push", { by: button.dataset.push })));
document.querySelectorAll("[data-tab]").forEach((tab) => tab.addEventListener("click", () => {
  document.querySelectorAll("[data-tab]").forEach((other) => other.toggleAttribute("aria-current", other === tab));
  sides.forEach((side) => side.toggleAttribute("data-front", side.dataset.side === tab.dataset.tab));
  tab.querySelector(".dot").hidden = true;
  const list = sides[Number(tab.dataset.tab)].querySelector(".messages");
  list.scrollTop = list.scrollHeight;
}));

for (const side of sides) {
  const form = side.querySelector("form");
  const sheet = side.querySelector(".sheet");
  const more = side.querySelector(".more");
  const quote = side.querySelector(".quote");
  const input = side.querySelector("input[name=text]");
  side.querySelectorAll("[role=tab]").forEach((tab) => tab.addEventListener("click", () => open(side, tab.dataset.phone)));
  side.querySelectorAll(".examples button").forEach((example) => example.addEventListener("click", () => {
    input.value = example.textContent;
    input.focus();
  }));
  quote.querySelector("button").addEventListener("click", () => { quote.hidden = true; });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = input.value;
    if (!text.trim()) return;
    post("/say", { phone: selected(side), text, reply_to: quote.hidden ? "" : quote.dataset.ref });
    input.value = "";
    quote.hidden = true;
  });
  more.addEventListener("click", () => {
    if (more.classList.contains("recording")) more.recorder.stop(); else sheet.hidden = !sheet.hidden;
  });
  document.addEventListener("click", (event) => { if (!form.contains(event.target)) sheet.hidden = true; });
  sheet.addEventListener("click", () => { sheet.hidden = true; });

  const attach = (file, name) => {
    const data = new FormData();
    data.append("phone", selected(side));
    data.append("text", input.value);
    data.append("file", file, name);
    input.value = "";
    post("/attach", data);
  };
  sheet.querySelector("input[type=file]").addEventListener("change", (event) => {
    for (const file of event.target.files) attach(file, file.name);
    event.target.value = "";
  });
  sheet.querySelector("[data-sample]").addEventListener("click", () => sample().toBlob((blob) => attach(blob, "photo.png")));
  sheet.querySelector("[data-voice]").addEventListener("click", () => record(more, attach));
  sheet.querySelectorAll("[data-lat]").forEach((place) => place.addEventListener("click", () =>
    post("/place", { phone: selected(side), lat: place.dataset.lat, lon: place.dataset.lon })));
}

// A drawn picture, so that the demo needs no file: a wall, a lift door and a notice on it.
function sample() {
  const canvas = Object.assign(make("canvas"), { width: 480, height: 320 });
  const pen = canvas.getContext("2d");
  const fill = (colour, x, y, w, h) => { pen.fillStyle = colour; pen.fillRect(x, y, w, h); };
  fill("#cfd6d2", 0, 0, 480, 320);
  fill("#8b969b", 130, 40, 220, 280);
  fill("#aab4b8", 140, 50, 98, 270);
  fill("#aab4b8", 242, 50, 98, 270);
  fill("#fffbe8", 180, 120, 120, 80);
  pen.fillStyle = "#c62f2f";
  pen.font = "bold 30px sans-serif";
  pen.textAlign = "center";
  pen.fillText("停 用", 240, 170);
  return canvas;
}

async function record(more, attach) {
  let stream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  } catch {
    attach(tone(), "voice.wav"); // no microphone here: a sounding stand-in, so that the story goes on
    return;
  }
  const recorder = new MediaRecorder(stream);
  const parts = [];
  recorder.addEventListener("dataavailable", (event) => parts.push(event.data));
  recorder.addEventListener("stop", () => {
    stream.getTracks().forEach((track) => track.stop());
    more.classList.remove("recording");
    attach(new Blob(parts, { type: recorder.mimeType.split(";")[0] }), "voice.webm");
  });
  more.classList.add("recording");
  more.recorder = recorder;
  recorder.start();
}

function tone() {
  const rate = 8000, length = rate;
  const view = new DataView(new ArrayBuffer(44 + length));
  const text = (at, value) => [...value].forEach((c, i) => view.setUint8(at + i, c.charCodeAt(0)));
  text(0, "RIFF"); view.setUint32(4, 36 + length, true); text(8, "WAVEfmt "); view.setUint32(16, 16, true);
  view.setUint16(20, 1, true); view.setUint16(22, 1, true); view.setUint32(24, rate, true); view.setUint32(28, rate, true);
  view.setUint16(32, 1, true); view.setUint16(34, 8, true); text(36, "data"); view.setUint32(40, length, true);
  for (let i = 0; i < length; i += 1) view.setUint8(44 + i, 128 + 40 * Math.sin(i / 6) * Math.exp(-i / 4000));
  return new Blob([view], { type: "audio/wav" });
}
