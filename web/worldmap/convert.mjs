// Makes world.tsv of Natural Earth's Admin 0 countries (public domain), which the
// npm package world-atlas redistributes as TopoJSON: npm pack world-atlas
// i18n-iso-countries, unpack both, then
//
//   node convert.mjs WORLD-ATLAS-FOLDER ISO-COUNTRIES-FOLDER >world.tsv
//
// Shapes are those of the scale 1:110m in the Equal Earth projection (Šavrič,
// Patterson and Jenny, 2018), 960 units wide; a country that has no shape at
// that scale is a dot in the middle of its largest polygon at 1:50m or, where it has none, 1:10m.
import { readFileSync } from "node:fs";

const [atlas, iso] = process.argv.slice(2);
const read = (file) => JSON.parse(readFileSync(file));
const alpha3 = new Map(read(`${iso}/codes.json`).map(([, three, number]) => [number, three]));
// Countries that Natural Earth gives no number of ISO 3166-1.
const named = { Kosovo: "XKX", "N. Cyprus": "CYP", Somaliland: "SOM" };

const A = [1.340264, -0.081106, 0.000893, 0.003796];
const scale = 960 / (2 * 2.7066298);
function project([lon, lat]) {
  const t = Math.asin((Math.sqrt(3) / 2) * Math.sin((lat * Math.PI) / 180));
  const t2 = t * t, t6 = t2 * t2 * t2;
  const d = A[0] + 3 * A[1] * t2 + t6 * (7 * A[2] + 9 * A[3] * t2);
  const x = (2 * ((lon * Math.PI) / 180) * Math.cos(t)) / (Math.sqrt(3) * d);
  const y = t * (A[0] + A[1] * t2 + t6 * (A[2] + A[3] * t2));
  return [480 + scale * x, 234 - scale * y];
}

function polygons(topology) {
  const { scale: k, translate: o } = topology.transform;
  const arcs = topology.arcs.map((arc) => {
    let x = 0, y = 0;
    return arc.map(([dx, dy]) => [(x += dx) * k[0] + o[0], (y += dy) * k[1] + o[1]]);
  });
  const ring = (refs) => refs.flatMap((i, n) => {
    const arc = i < 0 ? [...arcs[~i]].reverse() : arcs[i];
    return n ? arc.slice(1) : arc;
  });
  const out = new Map();
  for (const g of topology.objects.countries.geometries) {
    const code = alpha3.get(g.id) ?? named[g.properties.name];
    if (!code || code === "ATA") continue;
    const all = g.type === "Polygon" ? [g.arcs] : g.arcs ?? [];
    out.set(code, [...(out.get(code) ?? []), ...all.map((polygon) => polygon.map(ring))]);
  }
  return out;
}

const area = (ring) => Math.abs(ring.reduce((s, [x, y], i) => { const [u, v] = ring[(i + 1) % ring.length]; return s + x * v - u * y; }, 0)) / 2;

// cut divides a ring where it crosses the 180th meridian.
function cut(ring) {
  const pieces = [[]];
  ring.forEach((p, i) => {
    if (i && Math.abs(p[0] - ring[i - 1][0]) > 180) pieces.push([]);
    pieces.at(-1).push(p);
  });
  if (pieces.length > 1) pieces[0] = [...pieces.pop(), ...pieces[0].slice(1)];
  return pieces.filter((piece) => piece.length > 2);
}

function path(rings) {
  let d = "", last;
  for (const ring of rings.flatMap(cut)) {
    const points = ring.map(project).map((p) => p.map((v) => Math.round(v * 10)));
    last = points[0];
    const start = `M${last[0] / 10} ${last[1] / 10}`;
    let run = "";
    for (const p of points.slice(1)) {
      const [dx, dy] = [p[0] - last[0], p[1] - last[1]];
      if (!dx && !dy) continue;
      run += ` ${dx / 10} ${dy / 10}`;
      last = p;
    }
    if (run) d += `${start}l${run.trim()}z`;
  }
  return d.replaceAll(" -", "-").replace(/(?<!\d)0\./g, ".");
}

const coarse = polygons(read(`${atlas}/countries-110m.json`));
const fine = new Map([...polygons(read(`${atlas}/countries-10m.json`)), ...polygons(read(`${atlas}/countries-50m.json`))]);
console.log("# The countries of the world for a map 960 units wide, made by convert.mjs.");
console.log("# Source: Natural Earth, Admin 0 countries 1:110m, 1:50m and 1:10m, version 4.1.0 (public domain,");
console.log("# https://www.naturalearthdata.com), through the npm package world-atlas 2.0.2.");
console.log("# code (ISO 3166-1 alpha-3)<TAB>path of SVG, or @x,y for a dot");
for (const code of [...new Set([...coarse.keys(), ...fine.keys()])].sort()) {
  const shape = coarse.get(code);
  if (shape) {
    console.log(`${code}\t${path(shape.flat())}`);
    continue;
  }
  const largest = fine.get(code).map((p) => p[0]).sort((a, b) => area(b) - area(a))[0];
  const middle = project(largest.reduce(([x, y], [u, v]) => [x + u / largest.length, y + v / largest.length], [0, 0]));
  console.log(`${code}\t@${middle.map((v) => v.toFixed(1)).join(",")}`);
}
