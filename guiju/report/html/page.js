"use strict";
// Search, folding, links to single lines and printing. Depth and filters are the style sheet's.
const explorer = document.getElementById("ui:explorer");
const lines = [...explorer.querySelectorAll("li.line")];
const search = document.getElementById("ui:search");
const found = document.getElementById("ui:found");
const folds = [...explorer.querySelectorAll("details")];
for (const hidden of explorer.querySelectorAll(".controls :is(label, span)[hidden]")) hidden.hidden = false;

const said = (line) => line.querySelector(":scope > details > summary, :scope > .leaf");
const unfold = (line) => {
  for (let at = line.parentElement; at && at !== explorer; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
};
const fold = (open) => folds.forEach((d) => { d.open = open; });

const depths = [...explorer.querySelectorAll("[name=depth]")].map((radio) => radio.id.split("-").pop());
const depthOf = (line) => depths.find((depth) => line.closest(`.at-${depth}`));
const radioOf = (depth) => document.getElementById(`ui:depth-${depth}`);
const chosen = () => depths.find((depth) => radioOf(depth).checked);
const filters = ["ui:only-fails", "ui:only-unknown"].map((id) => document.getElementById(id));

const texts = lines.map((line) => said(line).textContent.toLowerCase());
search.addEventListener("input", () => {
  const wanted = search.value.trim().toLowerCase();
  const hits = new Set(wanted ? lines.filter((_, i) => texts[i].includes(wanted)) : []);
  for (const line of lines) {
    line.classList.toggle("found", hits.has(line));
    line.classList.toggle("unfound", wanted !== "");
  }
  for (const hit of hits) {
    for (let at = hit; at && at !== explorer; at = at.parentElement) at.classList.remove("unfound");
    unfold(hit);
  }
  const seen = [...hits].filter((line) => said(line).checkVisibility()).length;
  found.value = wanted ? found.dataset.said.replace("{n}", seen) : "";
  offer(seen ? [] : [...hits]);
  const kept = filters.filter((filter) => filter.checked).map((filter) => `.has-${filter.id.split("-").pop()}`).join();
  if (wanted || !kept || lines.some((line) => said(line).checkVisibility())) return;
  found.value = found.dataset.none;
  offer(lines.filter((line) => line.matches(kept)));
});

// Where a search shows nothing, but filters hide what has the words, or another depth tells it, a button leads there.
const elsewhere = document.getElementById("ui:elsewhere");
let lead = () => {};
const offer = (hits) => {
  const counts = depths.map((depth) => hits.filter((line) => depthOf(line) === depth).length);
  const here = depths.indexOf(chosen());
  const there = counts[here] ? here : counts.findIndex((n, i) => n && i > here);
  elsewhere.hidden = there < 0;
  if (there < 0) return;
  const name = radioOf(depths[there]).parentElement.textContent.trim();
  const said = there === here ? elsewhere.dataset.filtered : elsewhere.dataset.deeper;
  elsewhere.textContent = said.replace("{n}", counts[there]).replace("{depth}", name);
  lead = () => {
    if (there === here) for (const filter of filters) filter.checked = false;
    radioOf(depths[there]).checked = true;
    search.dispatchEvent(new Event("input"));
    search.focus();
  };
};
elsewhere.addEventListener("click", () => lead());
explorer.querySelector("form").addEventListener("submit", (event) => event.preventDefault());
explorer.addEventListener("change", () => search.dispatchEvent(new Event("input")));
document.getElementById("ui:open-all").addEventListener("click", () => fold(true));
document.getElementById("ui:close-all").addEventListener("click", () => fold(false));

// A link to a line shows it, whatever is folded or filtered: at the depth that is chosen, or else where it is told.
const lineOf = (id) => {
  const line = document.getElementById(id) ?? document.getElementById(id.replace(/~\w+$/, ""));
  return (line && explorer.contains(line) && depthOf(line) !== chosen() && document.getElementById(`${id}~${chosen()}`)) || line;
};
// What a link leads to; one that was cut off within a character leads nowhere.
const idIn = (hash) => {
  try {
    return decodeURIComponent(hash.slice(1));
  } catch {
    return hash.slice(1);
  }
};
const lost = document.getElementById("ui:lost");
const show = () => {
  const id = idIn(location.hash);
  const line = lineOf(id);
  lost.hidden = !id || Boolean(line);
  if (!lost.hidden) {
    lost.textContent = lost.dataset.said.replace("{id}", () => id);
    lost.scrollIntoView({ block: "center" });
  }
  if (!line) return;
  for (let at = line.parentElement; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
  if (!line.matches(".line")) return;
  radioOf(depthOf(line)).checked = true;
  unfold(line);
  if (!said(line).checkVisibility()) {
    search.value = "";
    for (const filter of filters) filter.checked = false;
    search.dispatchEvent(new Event("input"));
  }
  line.scrollIntoView({ block: "center" });
  const target = said(line);
  if (target.tagName === "SUMMARY") target.focus({ preventScroll: true });
};
addEventListener("hashchange", show);
show();

// A line of the policy is shown beside what names it; where there is no room beside it, the link leads there.
explorer.addEventListener("click", (event) => {
  const link = event.target.closest("a.place");
  const sources = document.querySelector(".sources");
  if (!link || getComputedStyle(sources).position !== "sticky") return;
  const first = document.getElementById(idIn(link.hash));
  if (!first) return;
  event.preventDefault();
  const range = link.dataset.lines.split(":").pop().split("-").map(Number);
  for (const shown of sources.querySelectorAll(".shown")) shown.classList.remove("shown");
  for (let at = first, n = range[0]; at && n <= (range[1] ?? range[0]); at = at.nextElementSibling, n++) at.classList.add("shown");
  first.closest("details").open = true;
  sources.scrollTop += first.getBoundingClientRect().top - sources.getBoundingClientRect().top - sources.clientHeight / 3;
});

// On paper nothing can be unfolded.
const foldable = [...folds, ...document.querySelectorAll("details.folded")];
let before = [];
addEventListener("beforeprint", () => { before = foldable.map((d) => d.open); foldable.forEach((d) => { d.open = true; }); });
addEventListener("afterprint", () => foldable.forEach((d, i) => { d.open = before[i]; }));
