// What a phone shows over its chat: toasts, which go by themselves, and alerts, which are closed.

const TOAST_MILLISECONDS = 4000;

export class Notices {
  constructor(phone) {
    this.phone = phone;
    this.toasts = phone.querySelector(".toasts");
    this.dialog = phone.querySelector(".alert");
    this.waiting = [];
    this.dialog.addEventListener("close", () => this.closed());
    this.dialog.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.dialog.close();
    });
  }

  show({ text, alert }) {
    if (!text) return;
    if (!alert) this.toast(text);
    else if (this.dialog.open) this.waiting.push(text);
    else this.alert(text);
  }

  toast(text) {
    const note = document.createElement("p");
    note.dir = "auto";
    note.textContent = text;
    this.toasts.replaceChildren(note);
    setTimeout(() => note.remove(), TOAST_MILLISECONDS);
  }

  // Over this phone only: the other one can still be used.
  alert(text) {
    this.before = document.activeElement;
    this.dialog.querySelector("p").textContent = text;
    this.cover(true);
    this.dialog.show();
    if (this.phone.contains(this.before)) this.dialog.querySelector("button").focus();
  }

  closed() {
    this.cover(false);
    const next = this.waiting.shift();
    if (next !== undefined) this.alert(next);
    else if (this.before?.isConnected) this.before.focus({ preventScroll: true });
  }

  cover(on) {
    this.phone.classList.toggle("covered", on);
    for (const part of this.phone.children) {
      if (part !== this.dialog && part !== this.toasts) part.inert = on;
    }
  }
}
