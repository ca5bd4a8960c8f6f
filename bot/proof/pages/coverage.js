"use strict";
{
  const data = JSON.parse(document.getElementById("data").textContent);
  const form = document.getElementById("choice");
  const detail = document.getElementById("detail");
  const chosen = document.getElementById("chosen");
  const found = (name) => document.querySelector(name);
  let district = null;

  const chosenNow = () => {
    const kind = form.elements.kind.value;
    const language = form.elements.language.value;
    const half = form.elements.half.value;
    const wish = `${language}|${half}`;
    return {
      kind,
      wished: wish !== "|",
      parts: data.parts[`${kind}|${wish}`] ?? {},
      standings: [...data.views[kind][wish]].map((digit) => data.standings[digit]),
    };
  };

  const show = () => {
    const view = chosenNow();
    const name = form.elements.kind.selectedOptions[0].text;
    const spoken = form.elements.language.selectedOptions[0];
    const half = form.elements.half.value && form.querySelector(":checked[name=half]").parentNode.textContent.trim();
    found("#kind-name").textContent = [name, spoken.value && spoken.text, half].filter(Boolean).join(" · ");
    const number = view.standings.filter((standing) => !standing.reached).length;
    const unsaid = view.standings.filter((standing) => standing.id === "unsaid").length;
    found("#found").textContent = (view.wished ? data.found_like_this : data.found)
      .replace("{number}", number).replace("{all}", data.districts.length).replace("{unsaid}", unsaid);
    const inPart = Object.keys(view.parts).length;
    found("#found-in-part").textContent = inPart ? data.found_in_part.replace("{number}", inPart) : "";
    const everywhere = data.statewide[view.kind];
    found("#everywhere").hidden = !everywhere;
    found("#everywhere span").textContent = (everywhere ?? []).join(", ");
    for (const entry of document.querySelectorAll("[data-legend]")) {
      const legend = entry.dataset.legend;
      const partly = legend === "part";
      const count = partly
        ? Object.keys(view.parts).length
        : view.standings.filter((standing) => standing.id === legend).length;
      entry.querySelector("b").textContent = count;
      entry.hidden = partly ? count === 0 : !view.wished && ["unsaid", "otherwise"].includes(legend);
    }
    data.districts.forEach((key, number) => drawn(key, view.standings[number], view.parts[key]));
    describe();
  };

  const drawn = (key, standing, part) => {
    const link = found(`#map [data-key="${key}"]`);
    const place = found(`[data-place="${key}"]`);
    const said = `${place.querySelector("a").textContent}: ${standing.words}`;
    link.setAttribute("aria-label", said);
    link.querySelector("title").textContent = said;
    link.querySelector("path").setAttribute("class", `is-${standing.id}${part ? " part" : ""}`);
    found(`[data-mark="${key}"] .share`).textContent = part ?? "";
    found(`[data-mark="${key}"] use`).setAttribute("href", `#sign-${standing.id}`);
    place.querySelector("use").setAttribute("href", `#sign-${standing.id}`);
    place.querySelector(".words").textContent = standing.words;
    place.querySelector(".part").textContent = part ? ` (${part.replace("/", " von ")} Gemeinden)` : "";
  };

  const describe = () => {
    detail.hidden = district === null;
    for (const place of document.querySelectorAll("[data-place]")) {
      place.classList.toggle("chosen", place.dataset.place === district);
    }
    if (district === null) {
      chosen.removeAttribute("href");
      return;
    }
    chosen.setAttribute("href", `#shape-only-${district}`);
    const view = chosenNow();
    const place = found(`[data-place="${district}"]`);
    detail.querySelector("h3").textContent = place.querySelector("a").textContent;
    const words = view.standings[data.districts.indexOf(district)].words;
    detail.querySelector(".detail-words").textContent = words + place.querySelector(".part").textContent;
    detail.querySelector("ul").replaceChildren(
      ...(data.entries[`${district}|${view.kind}`] ?? []).map((name) => {
        const item = document.createElement("li");
        item.textContent = name;
        return item;
      }),
    );
    detail.querySelector("a").href = `#kreis-${district}`;
  };

  form.hidden = false;
  form.addEventListener("input", show);
  form.addEventListener("submit", (event) => event.preventDefault());
  found("#map").addEventListener("click", (event) => {
    const link = event.target.closest("[data-key]");
    if (link) {
      event.preventDefault();
      district = link.dataset.key === district ? null : link.dataset.key;
      describe();
    }
  });
  for (const mini of document.querySelectorAll("[data-kind]")) {
    const name = mini.querySelector("p span");
    const link = document.createElement("a");
    link.href = "#karte";
    link.textContent = name.textContent;
    link.addEventListener("click", () => {
      form.elements.kind.value = mini.dataset.kind;
      show();
    });
    name.replaceChildren(link);
  }
  // A page that the browser has kept may come back with a choice.
  show();
}
