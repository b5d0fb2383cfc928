// SPDX-License-Identifier: Apache-2.0
// The API's answers -> the page. Text from logs only ever becomes textContent.
"use strict";

const $ = (id) => document.getElementById(id);
const TOP = 50;
const number = new Intl.NumberFormat("en");
const compact = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });
const MEASURES = [
  ["requests", "requests", number.format],
  ["page_views", "page views", number.format],
  ["unique_visitors", "visitors", number.format],
  ["bytes_sent", "bytes", bytes],
  ["status_4xx", "4xx", number.format],
  ["status_5xx", "5xx", number.format],
  ["duration_p95", "p95", seconds],
];
let plot = null;
let busy = false;
let again = false;
let lastWindow = "";
let lastSeen = null;

function bytes(value) {
  const units = ["B", "KB", "MB", "GB", "TB", "PB"];
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) { value /= 1000; unit++; }
  return value.toFixed(value < 10 && unit ? 1 : 0) + " " + units[unit];
}
function seconds(value) { return value < 1 ? Math.round(value * 1000) + " ms" : value.toFixed(2) + " s"; }
function percent(part, whole) { return whole ? (100 * part / whole).toFixed(1) + " %" : "–"; }

function element(tag, text, className) {
  const node = document.createElement(tag);
  if (text !== undefined) node.textContent = text;
  if (className) node.className = className;
  return node;
}

/** The chosen range as query parameters. */
function range() {
  const chosen = $("range").value;
  if (chosen === "hour" || chosen === "24h") {
    const to = Math.ceil(Date.now() / 300000) * 300000;
    const from = to - (chosen === "hour" ? 3600000 : 86400000);
    return { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
  }
  return { day: chosen };
}

function address(report, parameters) {
  const query = new URLSearchParams({ ...range(), ...parameters });
  if ($("site").value) query.append("where", "site:" + $("site").value);
  return "/api/reports/" + report + "?" + query;
}

async function ask(path) {
  let answer;
  try {
    answer = await fetch(path, { headers: { Accept: "application/json" } });
  } catch (error) {
    throw new Error("the server does not answer, trying again");
  }
  if (!answer.ok) throw new Error((await answer.json().catch(() => ({}))).detail || "the server answers " + answer.status);
  return answer.json();
}

async function rows(report, parameters) {
  return (await ask(address(report, parameters))).rows;
}

function options(select, entries) {
  const before = select.value;
  const known = [...select.options].map((option) => option.value).join("\n");
  if (known === entries.map((entry) => entry[0]).join("\n")) return;
  select.replaceChildren(...entries.map(([value, text]) => new Option(text, value)));
  if (entries.some(([value]) => value === before)) select.value = before;
}

async function refreshChoices() {
  const { days } = await ask("/api/reports");
  const today = new Date().toISOString().slice(0, 10);
  const fresh = days.includes(today);
  const recent = [["24h", "last 24 hours"], ["hour", "last hour"]];
  const byDay = [...days].reverse().map((day) => [day, day]);
  options($("range"), fresh || !days.length ? [...recent, ...byDay] : [...byDay, ...recent]);
  $("empty").hidden = days.length > 0;
}

async function refreshSites() {
  const query = new URLSearchParams({ ...range(), grain: "all", by: "site", order: "-requests", limit: "200" });
  const { rows: sites } = await ask("/api/reports/traffic?" + query);
  const entries = sites.filter((row) => row.site).map((row) => [row.site, row.site]);
  const chosen = $("site").value;
  if (chosen && !entries.some(([value]) => value === chosen)) entries.push([chosen, chosen]);
  options($("site"), [["", "all sites"], ...entries]);
}

/** Says of a corrected or locked day which version is shown and what waits beside it. */
async function refreshDay() {
  const chosen = $("range").value;
  const day = /^\d{4}-/.test(chosen) ? (await ask("/api/days")).days.find((each) => each.day === chosen) : undefined;
  $("day").hidden = !day || day.newest_generation === 0;
  if (!$("day").hidden) {
    const late = day.late_events ? ", " + number.format(day.late_events) + " late events wait for the next version" : "";
    const history = element("a", "versions and differences");
    history.href = "/days/" + day.day;
    const shown = day.generation === 0 ? "the live count is shown, and version " + day.newest_generation + " beside it" : "version " + day.generation + " is shown";
    $("day").replaceChildren(day.day + " is " + day.state + ": " + shown + late + ". ", history);
  }
}

function tile(label, text) {
  const node = element("div", undefined, "tile");
  node.append(element("b", text), element("span", label));
  return node;
}

function drawTotals(total) {
  const row = total || { requests: 0, page_views: 0, unique_visitors: 0, bytes_sent: 0, cache_hits: 0, cacheable: 0, status_4xx: 0, status_5xx: 0 };
  $("totals").replaceChildren(
    tile("requests", number.format(row.requests)),
    tile("page views", number.format(row.page_views)),
    tile("unique visitors", number.format(row.unique_visitors ?? 0)),
    tile("sent", bytes(row.bytes_sent)),
    tile("cache hit ratio", percent(row.cache_hits, row.cacheable)),
    tile("errors (4xx + 5xx)", percent(row.status_4xx + row.status_5xx, row.requests)),
    tile("time taken, p95", row.duration_p95 === undefined ? "–" : seconds(row.duration_p95)));
}

function colour(name) { return getComputedStyle(document.documentElement).getPropertyValue(name).trim(); }

/** The buckets and one more on either side. A single bucket is a point in the middle: uPlot itself gives it 1,000 days. */
function aroundBuckets(u, first, last) {
  const step = { "5m": 300, "1h": 3600, "1d": 86400 }[$("grain").value];
  return first === null ? [null, null] : [first - step, (u.data[0].length === 1 ? first : last) + step];
}

function drawPlot(series) {
  series.sort((a, b) => (a.bucket_start < b.bucket_start ? -1 : 1));
  const data = [
    series.map((row) => Date.parse(row.bucket_start) / 1000),
    series.map((row) => row.requests),
    series.map((row) => row.page_views),
    series.map((row) => row.unique_visitors ?? null),
  ];
  if (plot) { plot.setData(data); return; }
  if (!window.uPlot) return;
  const axis = { stroke: colour("--soft"), grid: { stroke: colour("--line"), width: 1 }, ticks: { stroke: colour("--line") } };
  const line = (label, name) => ({ label, stroke: colour(name), width: 2, value: (u, v) => (v === null ? "–" : number.format(v)) });
  plot = new uPlot({
    width: $("plot").clientWidth, height: 260,
    tzDate: (stamp) => uPlot.tzDate(new Date(stamp * 1000), "UTC"),
    scales: { x: { range: aroundBuckets }, y: { range: (u, low, high) => [0, Math.max(1, high * 1.08)] } },
    axes: [axis, { ...axis, size: 58, values: (u, ticks) => ticks.map((tick) => compact.format(tick)) }],
    series: [{ value: "{YYYY}-{MM}-{DD} {HH}:{mm}" }, line("requests", "--requests"), line("page views", "--views"), line("unique visitors", "--visitors")],
  }, data, $("plot"));
}

function drawTable(card, table) {
  const dimensions = card.dataset.by.split(",");
  const shown = table.rows;
  card.querySelector("[data-count]").textContent = table.total_rows > shown.length ? "top " + shown.length + " of " + number.format(table.total_rows) : "";
  const measures = MEASURES.filter(([name]) => shown.some((row) => row[name] !== undefined));
  const most = Math.max(1, ...shown.map((row) => row.requests));
  const head = element("tr");
  head.append(...dimensions.map((name) => heading(name.replaceAll("_", " "), "text")), ...measures.map(([, label]) => heading(label)));
  const body = shown.map((row) => {
    const line = element("tr");
    for (const name of dimensions) {
      const cell = element("td", row[name] || "–", row[name] ? "text" : "text none");
      if (row[name]) cell.title = row[name];
      line.append(cell);
    }
    for (const [name, , format] of measures) {
      const cell = element("td", row[name] === undefined ? "–" : format(row[name]));
      if (name === "requests") {
        cell.className = "share";
        const meter = element("meter");
        meter.max = most; meter.value = row.requests; meter.setAttribute("aria-hidden", "true");
        cell.append(meter);
      }
      line.append(cell);
    }
    return line;
  });
  if (!body.length) {
    const line = element("tr");
    const cell = element("td", "nothing in this range", "text none");
    cell.colSpan = dimensions.length + measures.length || 1;
    line.append(cell);
    body.push(line);
  }
  card.querySelector("table").replaceChildren(wrap("thead", [head]), wrap("tbody", body));
  card.querySelector("[data-csv]").href = address(card.dataset.report, { grain: $("grain").value, format: "csv" });
}

function heading(text, className) {
  const cell = element("th", text, className);
  cell.scope = "col";
  return cell;
}

function wrap(tag, children) {
  const node = element(tag);
  node.append(...children);
  return node;
}

/** Draws everything anew; asked again while busy, does it once more at the end. */
async function refresh() {
  if (busy) { again = true; return; }
  busy = true;
  try {
    await refreshChoices();
    await refreshSites();
    await refreshDay();
    drawTotals((await rows("traffic", { grain: "all", by: "" }))[0]);
    drawPlot(await rows("traffic", { grain: $("grain").value, by: "" }));
    for (const card of document.querySelectorAll("[data-report]")) {
      drawTable(card, await ask(address(card.dataset.report, { grain: "all", order: "-requests", limit: TOP })));
    }
    seen();
  } catch (error) {
    stale(error.message);
  } finally {
    busy = false;
    if (again) { again = false; refresh(); }
  }
}

function seen() {
  lastSeen = new Date();
  $("freshness").className = "badge live";
  $("freshness").textContent = lastWindow
    ? "live · metrics up to " + lastWindow.slice(0, 10) + " " + lastWindow.slice(11, 19)
    : "live · waiting for the first window";
}

function stale(reason) {
  $("freshness").className = "badge stale";
  $("freshness").textContent = "stale" + (lastSeen ? " since " + lastSeen.toISOString().slice(11, 19) : "") + (reason ? " · " + reason : "");
}

function listen() {
  const stream = new EventSource("/api/stream"); // reconnects by itself
  stream.addEventListener("window", (event) => { lastWindow = event.data; refresh(); });
  stream.onerror = () => stale("the server does not answer, trying again");
}

for (const id of ["site", "range", "grain"]) $(id).addEventListener("change", refresh);
$("controls").addEventListener("submit", (event) => event.preventDefault());
new ResizeObserver(() => plot && plot.setSize({ width: $("plot").clientWidth, height: 260 })).observe($("plot"));
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { plot?.destroy(); plot = null; refresh(); });
refresh().then(listen);
