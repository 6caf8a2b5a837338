"use strict";
const sweeps = JSON.parse(document.getElementById("steps").textContent);
const at = id => document.getElementById(id);
const picture = at("picture"), view = at("view"), [wide, tall] = ["width", "height"].map(side => +picture.getAttribute(side));
let mode = document.body.className, place = 0, timer = 0;
for (const sweep of Object.values(sweeps))
  sweep.steps = sweep.sums.flatMap(sum => sum.terms.map((term, k) => ({ sum, term, k, last: k + 1 === sum.terms.length })));

const flow = id => at(id) && at(id).querySelector(".flow");
const write = (id, text) => { const line = flow(id); if (line) line.textContent = text; };
const so_far = step => `${step.sum.carried} = ${step.term.total}${step.last ? "" : " …"}`;
const bracketed = text => /^[−-]/.test(text) ? `(${text})` : text;

const formulas = at("formulas").content.children;

/* A part is a text, or a formula with its MathML; which of the two is seen, the style says. */
function fill(id, ...parts) {
  at(id).replaceChildren(...parts.flat().map(([text, tag, kind, math]) => {
    const made = document.createElement(tag || "span"), plain = document.createElement("span");
    plain.textContent = text;
    plain.className = "plain";
    if (math === undefined) made.textContent = text; else made.append(formulas[math].cloneNode(true), plain);
    if (kind) made.className = kind;
    return made;
  }));
}

/* The terms around the one at k: three before it, and one after it unless the rest is not known yet. */
function terms(step, key, known) {
  const all = step.sum.terms, from = Math.max(0, step.k - 3), to = known ? step.k + 1 : Math.min(all.length, step.k + 2);
  const parts = known ? [["= "]] : [[step.sum.carried, "span", "", step.sum.math], [" = "]];
  if (from) parts.push([known ? all[from - 1].total + " + " : "… + "]);
  for (let i = from; i < to; i++) {
    if (i > from) parts.push([" + ", "span", i > step.k ? "later" : ""]);
    parts.push([all[i][key], i === step.k ? "mark" : "span", i > step.k ? "later" : "", all[i].math && all[i].math[key]]);
  }
  return [...parts, ...(to < all.length ? [[" + …", "span", "later"]] : [])];
}

function panel(step) {
  const { sum, term, k } = step, from = Math.max(0, k - 3);
  if (!term.edge && sum.terms.length === 1) {
    fill("rule", [[term.rule]]);
    fill("where");
    fill("names", [[sum.carried, "span", "", sum.math]]);
    fill("numbers", [["–"]]);
  } else {
    fill("rule", terms(step, "rule"));
    fill("where", term.general ? [["where "], [term.general, "span", "", term.math.general]] : []);
    fill("names", terms(step, "names"));
    fill("numbers", terms(step, "numbers", true));
  }
  const added = sum.terms.slice(from, k + 1).map(one => one.flow);
  if (from) added.unshift(sum.terms[from - 1].total);
  const whole = added.map((text, i) => i ? bracketed(text) : text).join(" + ");
  fill("result", [["= " + (k ? `${whole} = ` : "")], [term.total, "span", "total"], ...(step.last ? [] : [[" …, the sum still grows", "span", "later"]])]);
}

function show(wanted) {
  const { steps } = sweeps[mode], count = steps.length;
  place = Math.max(0, Math.min(wanted, count - 1));
  for (const part of picture.querySelectorAll(".edge, .node")) part.classList.remove("now", "done");
  for (const line of picture.querySelectorAll(".flow")) line.textContent = "";
  steps.slice(0, place + 1).forEach(step => {
    if (step.term.edge) {
      at("edge-" + step.term.edge).classList.add("done");
      write("label-" + step.term.edge, step.term.carries);
    }
    write(step.sum.node, so_far(step));
  });
  document.querySelectorAll(`.of-${mode} tbody tr`).forEach((row, i) => {
    row.classList.toggle("todo", i > place);
    if (i === place) row.setAttribute("aria-current", "step"); else row.removeAttribute("aria-current");
  });
  document.querySelectorAll(".answer").forEach(line => line.classList.toggle("todo", place < count - 1));
  at("back").disabled = place < 1;
  at("next").disabled = place >= count - 1;
  at("play").disabled = at("position").disabled = count < 2;
  at("position").value = place;
  at("count").textContent = `step ${count && place + 1} of ${count}`;
  if (!count) return fill("rule", [["nothing depends on an input, so there is no step"]]);
  const step = steps[place], { sum, term } = step, word = mode === "forward" ? "tangent" : "adjoint";
  if (term.edge) at("edge-" + term.edge).classList.add("now");
  at(sum.node).classList.add("now");
  panel(step);
  const said = term.edge ? `${term.names} = ${term.numbers} = ${term.flow}` : `seed ${term.flow}`;
  at("position").setAttribute("aria-valuetext", `step ${place + 1} of ${count}, ${word} ${sum.carried}`.normalize("NFC"));
  at("say").textContent = `Step ${place + 1} of ${count}, ${word} ${sum.carried}: ${said}; ${step.last ? "sum" : "sum so far"} ${term.total}.`.normalize("NFC");
  follow(step);
}

/* Scroll the picture to what is current, and the table to its row, without moving the page. */
function follow(step) {
  const parts = [at(step.sum.node), step.term.edge && at("edge-" + step.term.edge)].filter(Boolean).map(part => part.getBoundingClientRect());
  const frame = view.getBoundingClientRect();
  const middle = (low, high, room) => {
    const from = Math.min(...parts.map(box => box[low])), to = Math.max(...parts.map(box => box[high]));
    return to - from < room ? (from + to) / 2 : (parts[0][low] + parts[0][high]) / 2; // of a long edge, its end
  };
  view.scrollLeft += middle("left", "right", frame.width) - frame.left - frame.width / 2;
  view.scrollTop += middle("top", "bottom", frame.height) - frame.top - frame.height / 2;
  const table = document.querySelector(`.table.of-${mode}`), row = table.querySelector("[aria-current]");
  const top = row.offsetTop - row.offsetHeight - table.querySelector("thead").offsetHeight, bottom = row.offsetTop + 2 * row.offsetHeight;
  if (top < table.scrollTop) table.scrollTop = top;
  else if (bottom > table.scrollTop + table.clientHeight) table.scrollTop = bottom - table.clientHeight;
}

/* As large as the window allows, but never so small that texts cannot be read. */
function fit() {
  const narrow = matchMedia("(max-width: 760px)").matches;
  picture.setAttribute("width", 0);
  picture.setAttribute("height", 0);
  const most = Math.min(view.clientWidth / wide, view.clientHeight / tall);
  const scale = narrow ? .9 : Math.max(.8, Math.min(1.25, most));
  picture.setAttribute("width", wide * scale);
  picture.setAttribute("height", tall * scale);
}

/* What does not fit beside the sums is left out: the numbers, which the panel has too, then the flows. */
function squeeze() {
  const table = document.querySelector(`.table.of-${mode}`);
  table.classList.remove("tight", "tighter");
  for (const less of ["tight", "tighter"]) if (table.scrollWidth > table.clientWidth) table.classList.add(less);
}

function stop() { clearInterval(timer); timer = 0; at("play").textContent = "Play"; }
function go(wanted) { stop(); show(wanted); }
function play() {
  const last = sweeps[mode].steps.length - 1;
  if (timer) return stop();
  if (place >= last) show(0);
  at("play").textContent = "Pause";
  timer = setInterval(() => place < last ? show(place + 1) : stop(), 1400);
}
function turn(wanted, step) {
  if (sweeps[wanted]) mode = wanted;
  document.body.className = mode;
  const choice = document.querySelector(`[name=mode][value=${mode}]`);
  if (choice) choice.checked = true;
  at("position").max = Math.max(0, sweeps[mode].steps.length - 1);
  squeeze();
  go(step);
}
function open_hash() {
  const asked = /^#(forward|reverse)?(?:&?step=(\d+))?$/.exec(location.hash) || [];
  turn(asked[1] || mode, (asked[2] || 1) - 1);
}

at("back").onclick = () => go(place - 1);
at("next").onclick = () => go(place + 1);
at("play").onclick = play;
at("position").oninput = event => go(+event.target.value);
document.querySelectorAll("[name=mode]").forEach(choice => { choice.onchange = () => turn(choice.value, 0); });
document.addEventListener("keydown", event => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.type === "radio") return;
  const to = { ArrowRight: place + 1, ArrowLeft: place - 1, Home: 0, End: Infinity }[event.key];
  if (to !== undefined) go(to);
  else if (event.key === " " && event.target.tagName !== "BUTTON") play();
  else return;
  event.preventDefault();
});
let before_print = 0;
addEventListener("beforeprint", () => { before_print = place; go(Infinity); });
addEventListener("afterprint", () => go(before_print));
addEventListener("resize", () => { fit(); squeeze(); go(place); });
addEventListener("hashchange", open_hash);
document.querySelectorAll("[hidden]").forEach(part => { part.hidden = false; });
fit();
open_hash();
