// How many messages nobody has seen yet.

export function badge() {
  const made = document.createElement("span");
  made.className = "badge";
  made.append(document.createElement("span"), document.createElement("span"));
  made.lastElementChild.className = "quiet";
  made.lastElementChild.textContent = " unread";
  mark(made, 0);
  return made;
}

export function mark(made, count) {
  made.hidden = count === 0;
  made.firstElementChild.textContent = count;
}
