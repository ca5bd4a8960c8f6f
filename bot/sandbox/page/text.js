// Text with entities becomes DOM nodes; nothing that anybody wrote is ever read as HTML.

const TAGS = {
  bold: "strong",
  italic: "em",
  underline: "u",
  strikethrough: "s",
  code: "code",
  pre: "pre",
  blockquote: "blockquote",
  expandable_blockquote: "blockquote",
};
const SAFE = /^(https?|tel|mailto|tg):/i;

export function formatted(text, entities, context) {
  const sorted = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return part(text, 0, text.length, sorted, context);
}

// Offsets are UTF-16 units, which is what JavaScript counts too.
function part(text, from, to, entities, context) {
  const made = document.createDocumentFragment();
  let place = from;
  while (entities.length > 0) {
    const [entity, ...rest] = entities;
    const start = Math.max(entity.offset, place);
    const end = Math.min(entity.offset + entity.length, to);
    const inside = rest.filter((e) => e.offset < end);
    entities = rest.filter((e) => e.offset + e.length > end && e.offset < to);
    if (end <= start) continue;
    made.append(text.slice(place, start));
    const node = wrapping(entity, text.slice(start, end), context);
    node.append(part(text, start, end, inside, context));
    made.append(node);
    place = end;
  }
  made.append(text.slice(place, to));
  return made;
}

function wrapping(entity, shown, context) {
  switch (entity.type) {
    case "text_link":
      return link(entity.url, context);
    case "url":
      return link(/^[a-z]+:/i.test(shown) ? shown : `https://${shown}`, context);
    case "email":
      return link(`mailto:${shown}`, context);
    case "phone_number":
      return link(`tel:${shown.replace(/[^+\d]/g, "")}`, context);
    case "bot_command": {
      // A link, since a button is a box of its own, whatever direction the text around it has.
      const command = document.createElement("a");
      command.href = "#";
      command.addEventListener("click", (event) => {
        event.preventDefault();
        context.say(shown);
      });
      return command;
    }
    case "spoiler": {
      const spoiler = document.createElement("span");
      spoiler.className = "spoiler";
      spoiler.tabIndex = 0;
      spoiler.addEventListener("click", () => spoiler.classList.add("open"));
      return spoiler;
    }
    default:
      return document.createElement(TAGS[entity.type] ?? "span");
  }
}

export function link(url, context) {
  const anchor = document.createElement("a");
  if (!SAFE.test(url)) return anchor;
  const payload = startPayload(url, context);
  if (payload !== null && context.opensHere) {
    anchor.href = "#";
    anchor.addEventListener("click", (event) => {
      event.preventDefault();
      context.open(payload);
    });
    return anchor;
  }
  // A link to this very bot stays in the demonstration: somebody new opens it.
  anchor.href = payload === null ? url : `/?start=${encodeURIComponent(payload)}`;
  anchor.target = "_blank";
  anchor.rel = "noopener noreferrer";
  return anchor;
}

function startPayload(url, context) {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed?.hostname !== "t.me" || parsed.pathname !== `/${context.username}`) return null;
  return parsed.searchParams.get("start") ?? "";
}
