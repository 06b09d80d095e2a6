"use strict";
(() => {
  const { edges, kinds, focus } = JSON.parse(document.getElementById("ui-data").textContent);
  const at = (id) => document.getElementById(id);
  const graph = at("ui-graph"), canvas = at("ui-edges"), told = at("ui-told"), hint = told.textContent;
  const nodes = new Map([...graph.querySelectorAll("[data-node]")].map((n) => [n.dataset.node, n]));
  const boxes = [...graph.querySelectorAll("details")];
  const beside = (from, to) => edges.reduce((m, e) => m.set(e[from], [...(m.get(e[from]) ?? []), e[to]]), new Map());
  const used = beside(1, 0), users = beside(0, 1);
  let chosen = "";

  const reached = (start, next, steps) => {
    const found = new Set();
    for (let edge = [start], n = 0; edge.length && (!steps || n < steps); n++) {
      edge = [...new Set(edge.flatMap((e) => next.get(e) ?? []))].filter((e) => !found.has(e));
      edge.forEach((e) => found.add(e));
    }
    return found;
  };
  const related = () => {
    const steps = Number(at("ui-steps").value), none = new Set();
    const before = at("ui-used").checked ? reached(chosen, used, steps) : none;
    const behind = at("ui-users").checked ? reached(chosen, users, steps) : none;
    return { before, behind, all: new Set([chosen, ...before, ...behind]) };
  };
  // what stands for a node on the page: itself, or the outermost box above it that is folded
  const shownAs = (node) => {
    let shown = node;
    for (let box = node.closest("details"); box; box = box.parentElement.closest("details")) {
      if (!box.open) shown = box.firstElementChild;
    }
    return shown.offsetParent === null ? null : shown;
  };
  const draw = () => {
    const origin = graph.getBoundingClientRect(), counts = new Map();
    const kept = chosen ? related().all : null;
    for (const [from, to] of edges) {
      if (kept && !(kept.has(from) && kept.has(to))) continue;
      const a = shownAs(nodes.get(from)), b = shownAs(nodes.get(to));
      if (!a || !b || a === b) continue;
      if (!chosen && a.closest("section") === b.closest("section")) continue; // told once a node is chosen
      const pair = counts.get(a) ?? counts.set(a, new Map()).get(a);
      pair.set(b, [(pair.get(b)?.[0] ?? 0) + 1, kinds[from]]);
    }
    canvas.replaceChildren();
    for (const [a, pair] of counts) {
      for (const [b, [n, kind]] of pair) {
        const p = a.getBoundingClientRect(), q = b.getBoundingClientRect();
        const back = q.left < p.right - 1, x = p.right - origin.left, y = p.top + p.height / 2 - origin.top;
        const u = (back ? q.right : q.left) - origin.left, v = q.top + q.height / 2 - origin.top;
        const bend = back ? 40 : (u - x) / 2;
        const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
        path.setAttribute("d", `M${x} ${y}C${x + bend} ${y} ${back ? u + bend : u - bend} ${v} ${u} ${v}`);
        path.setAttribute("stroke", `var(--${kind})`);
        path.setAttribute("stroke-width", Math.min(1 + n / 8, 4));
        canvas.append(path);
      }
    }
  };
  const mark = () => {
    const only = at("ui-only").checked, said = chosen ? related() : null;
    graph.classList.toggle("chosen", Boolean(chosen));
    canvas.classList.toggle("chosen", Boolean(chosen));
    for (const [address, node] of nodes) {
      node.classList.toggle("focus", address === chosen);
      node.classList.toggle("related", said?.all.has(address) ?? false);
    }
    const word = at("ui-search").value.trim().toLowerCase();
    let found = 0;
    for (const node of nodes.values()) {
      const is = word !== "" && node.title.toLowerCase().includes(word);
      found += is;
      node.classList.toggle("found", is);
      node.parentElement.classList.toggle("unshown", (word !== "" && !is) || (only && said !== null && !said.all.has(node.dataset.node)));
    }
    for (const box of boxes) {
      const inside = [...box.querySelectorAll("[data-node]")];
      box.firstElementChild.classList.toggle("related", inside.some((n) => n.classList.contains("related")));
      box.parentElement.classList.toggle("unshown", inside.every((n) => n.parentElement.classList.contains("unshown")));
    }
    const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
    if (word) told.textContent = fill(told.dataset.found, { n: found });
    else if (said) told.textContent = fill(told.dataset.said, { node: nodes.get(chosen).title.replaceAll("\n", "  "), used: said.before.size, users: said.behind.size });
    else told.textContent = hint;
    draw();
  };
  const unfold = (node) => { for (let box = node.closest("details"); box; box = box.parentElement.closest("details")) box.open = true; };

  graph.addEventListener("click", (event) => {
    const node = event.target.closest("[data-node]");
    if (node) { chosen = chosen === node.dataset.node ? "" : node.dataset.node; mark(); }
  });
  at("ui-search").addEventListener("input", () => {
    const word = at("ui-search").value.trim().toLowerCase();
    if (word) for (const node of nodes.values()) if (node.title.toLowerCase().includes(word)) unfold(node);
    mark();
  });
  for (const id of ["ui-steps", "ui-used", "ui-users", "ui-only"]) at(id).addEventListener("change", mark);
  at("ui-open").addEventListener("click", () => { boxes.forEach((b) => { b.open = true; }); draw(); });
  at("ui-close").addEventListener("click", () => { boxes.forEach((b) => { b.open = false; }); draw(); });
  at("ui-clear").addEventListener("click", () => { chosen = ""; at("ui-search").value = ""; mark(); });
  document.querySelector("form").addEventListener("submit", (event) => event.preventDefault());
  document.querySelector("form").hidden = false;
  boxes.forEach((box) => box.addEventListener("toggle", draw));
  window.addEventListener("resize", draw);
  window.addEventListener("beforeprint", draw);
  if (focus) { chosen = focus; unfold(nodes.get(focus)); }
  mark();
})();
