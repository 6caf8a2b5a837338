// Mermaid's own parser: reads a JSON list of texts, writes a list of what it understood.
// Run in a folder where `npm i mermaid jsdom` was done.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const here = createRequire(process.cwd() + "/x.js");
const { JSDOM } = here("jsdom");
const dom = new JSDOM("<!doctype html><body></body>");
globalThis.window = dom.window;
globalThis.document = dom.window.document;
const { default: mermaid } = await import(
  pathToFileURL(process.cwd() + "/node_modules/mermaid/dist/mermaid.core.mjs")
);
mermaid.initialize({ startOnLoad: false });

// Mermaid keeps #46; as ﬂ°°46¶ß until it draws.
const drawn = (text) =>
  text.replace(/ﬂ°°(\d+)¶ß/g, (_, code) => String.fromCodePoint(Number(code)));
const found = [];
for (const text of JSON.parse(readFileSync(0, "utf8"))) {
  const { db } = await mermaid.mermaidAPI.getDiagramFromText(text);
  const { nodes, edges } = db.getData();
  found.push({
    direction: db.getDirection(),
    nodes: nodes.map((node) => [node.id, node.shape, drawn(node.label)]),
    edges: edges.map((edge) => [edge.start, edge.end, drawn(edge.label ?? "")]),
  });
}
console.log(JSON.stringify(found));
