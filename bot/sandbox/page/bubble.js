// One message as a bubble with what belongs to it: card, picture, file, buttons.

import { formatted, link } from "/page/text.js";

// The phones are in Brandenburg, as the times are that the bot writes.
const CLOCK = { hour: "2-digit", minute: "2-digit", timeZone: "Europe/Berlin" };

export function bubble(message, phone) {
  const item = document.createElement("li");
  item.dataset.id = message.id;
  if (message.service) {
    item.className = "message service";
    item.append(element("span", "", message.service));
    return item;
  }
  item.className = message.mine ? "message mine" : "message";
  if (message.protected) item.classList.add("protected");
  const body = element("div", "bubble");
  const author = element("span", "quiet");
  author.textContent = message.mine ? "You:" : `${message.name}:`;
  body.append(author);
  if (!message.mine && (phone.group !== null || !message.bot)) body.append(named(message.name));
  if (message.photo) body.append(picture(message.photo));
  if (message.venue) body.append(venue(message.venue, phone));
  if (message.location) body.append(location(message.location, phone));
  if (message.document) body.append(file(message.document));
  if (message.text) body.append(text(message, phone));
  if (message.other) body.append(other(message.other));
  body.append(time(message));
  item.append(body);
  if (message.keyboard.length > 0) item.append(keyboard(message, phone));
  return item;
}

function element(tag, name, content = "") {
  const made = document.createElement(tag);
  made.className = name;
  made.textContent = content;
  return made;
}

// Drawn, since not every machine has a font with pictures.
function icon(name) {
  const drawing = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  drawing.setAttribute("class", "icon");
  drawing.ariaHidden = "true";
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `#${name}`);
  drawing.append(use);
  return drawing;
}

function named(name) {
  const made = element("strong", "author", name);
  made.dir = "auto";
  return made;
}

function text(message, phone) {
  const made = element("div", "text");
  made.dir = "auto";
  made.append(formatted(message.text, message.entities, phone));
  return made;
}

function other(what) {
  const made = element("div", "text other", what);
  made.dir = "auto";
  return made;
}

function time({ date, edited, protected: isProtected }) {
  const made = element("time", "time");
  const when = new Date(date * 1000);
  made.dateTime = when.toISOString();
  const clock = when.toLocaleTimeString("de-DE", CLOCK);
  made.textContent = edited ? `edited ${clock}` : clock;
  if (isProtected) made.prepend(lock());
  return made;
}

function lock() {
  const sign = element("span", "lock");
  sign.title = "Cannot be copied or forwarded";
  sign.append(icon("lock"), element("span", "quiet", `${sign.title}. `));
  return sign;
}

function map({ latitude, longitude }, phone) {
  const query = `mlat=${latitude}&mlon=${longitude}#map=16/${latitude}/${longitude}`;
  return link(`https://www.openstreetmap.org/?${query}`, phone);
}

function venue({ title, address, location: place }, phone) {
  const card = map(place, phone);
  card.className = "card";
  const words = element("span", "words");
  const name = element("strong", "", title);
  const where = element("span", "", address);
  name.dir = where.dir = "auto";
  words.append(name, where);
  card.append(icon("pin"), words);
  return card;
}

function location(place, phone) {
  const card = map(place, phone);
  card.className = "card";
  card.append(icon("pin"));
  card.append(element("span", "words", `${place.latitude.toFixed(4)}, ${place.longitude.toFixed(4)}`));
  return card;
}

function picture({ url, width, height }) {
  if (url.endsWith("-from-person")) return element("div", "text other", "Photo");
  const image = element("img", "picture");
  image.src = url;
  image.alt = "Picture from the bot";
  image.width = width;
  image.height = height;
  return image;
}

function file({ url, name }) {
  const card = element("a", "card");
  card.href = url;
  card.download = name;
  card.append(icon("page"), element("span", "words", name));
  return card;
}

function keyboard(message, phone) {
  const made = element("div", "keyboard");
  for (const row of message.keyboard) {
    const line = element("div", "row");
    line.append(...row.map((wanted) => key(wanted, message, phone)));
    made.append(line);
  }
  return made;
}

function key({ text: label, data, url }, message, phone) {
  const made = url ? link(url, phone) : document.createElement("button");
  if (!url) {
    made.type = "button";
    made.dataset.data = data;
    made.addEventListener("click", () => phone.press(message.id, data));
  }
  const words = element("span", "label", label);
  words.dir = "auto";
  words.title = label;
  made.append(words);
  if (url) {
    const arrow = element("span", "arrow", "↗");
    arrow.ariaHidden = "true";
    made.append(arrow);
  }
  return made;
}
