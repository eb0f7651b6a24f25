"use strict";
(function () {
  const data = JSON.parse(document.getElementById("data").textContent);
  const words = data.words;
  const at = {};
  data.columns.forEach(function (name, index) { at[name] = index; });
  const severities = ["info", "warning", "error"], confidences = ["low", "medium", "high"];
  const form = document.getElementById("filters"), list = document.getElementById("list");
  const shown = document.getElementById("shown"), pager = document.getElementById("pager");
  const previous = document.getElementById("previous"), next = document.getElementById("next");
  const SIZE = 25;
  const number = new Intl.NumberFormat(document.documentElement.lang);
  let found = [], page = 0;

  function say(key, values) {
    return words[key].replace(/\{(\w+)\}/g, function (_, name) { return values[name]; });
  }

  function element(name, text, className) {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    if (className) made.className = className;
    return made;
  }

  function link(url, text) {
    const made = element("a", text);
    made.href = url;
    made.rel = "noreferrer noopener";
    return made;
  }

  function text(row, column) { return data.texts[row[at[column]]]; }

  // Filters

  const places = data.laws.map(function (law) { return new Set(law.map(function (ruling) { return ruling[0]; })); });

  const FITS = {
    site: function (row, value) { return data.sites[row[at.site]].includes(value.toLowerCase().replace(/^www\./, "")); },
    words: function (row, value) {
      const wanted = value.toLowerCase().replace(/\s+/g, " ");
      return row[at.text].toLowerCase().replace(/\s+/g, " ").includes(wanted);
    },
    rule: function (row, value) { return data.rules[row[at.rule]][0] === value; },
    category: function (row, value) { return data.rules[row[at.rule]][2] === value; },
    severity: function (row, value) { return severities[row[at.severity]] === value; },
    confidence: function (row, value) { return confidences[row[at.confidence]] === value; },
    place: function (row, value) { return places[row[at.law]].has(value); },
    worst: function (row, value) { return severities[data.affected[row[at.site]][0]] === value; },
    spread: function (row, value) { return String(data.affected[row[at.site]][1]) === value; }
  };

  function filter() {
    const wanted = Object.keys(FITS).map(function (name) { return [name, form.elements[name].value.trim()]; })
      .filter(function (pair) { return pair[1]; });
    found = data.rows.filter(function (row) {
      return wanted.every(function (pair) { return FITS[pair[0]](row, pair[1]); });
    });
    page = 0;
    draw();
  }

  // The list

  function draw() {
    const pages = Math.max(1, Math.ceil(found.length / SIZE));
    const sites = new Set(found.map(function (row) { return row[at.site]; })).size;
    shown.textContent = found.length
      ? say("showing", { count: number.format(found.length), all: number.format(data.rows.length), sites: number.format(sites) })
      : words.nothing;
    list.replaceChildren.apply(list, found.slice(page * SIZE, (page + 1) * SIZE).map(card));
    pager.hidden = pages < 2;
    previous.disabled = page === 0;
    next.disabled = page === pages - 1;
    document.getElementById("where").textContent =
      say("page-of", { page: number.format(page + 1), pages: number.format(pages) });
  }

  function card(row) {
    const severity = severities[row[at.severity]], rule = data.rules[row[at.rule]];
    const made = element("article", "", "claim s-" + severity);
    const quote = element("p", "", "quote");
    quote.dir = "auto";
    quote.append(text(row, "before"), element("mark", row[at.text]), text(row, "after"));
    const meta = element("p", "", "meta");
    const law = data.laws[row[at.law]].map(function (ruling) { return ruling[0]; }).join(" ");
    meta.append(element("span", words.severities[severity], "sev"), " · ", rule[0] + " " + rule[1], " · ",
      element("bdi", data.sites[row[at.site]] || words["no-address"]), " · ", law, " · ",
      say("confidence", { confidence: words.confidences[confidences[row[at.confidence]]] }));
    const more = element("details");
    more.append(element("summary", text(row, "message")));
    more.addEventListener("toggle", function () { if (more.open && !more.querySelector("dl")) more.append(body(row, rule)); });
    made.append(quote, meta, more);
    return made;
  }

  function body(row, rule) {
    const made = element("dl");
    function add(title, fill) {
      const value = element("dd");
      fill(value);
      made.append(element("dt", title), value);
    }
    add(words.law, function (value) { data.laws[row[at.law]].forEach(function (ruling) { value.append(lawOf(ruling)); }); });
    if (rule[3]) add(words.why, function (value) { value.append(rule[3]); });
    if (rule[4]) add(words.rewrite, function (value) { value.className = "rewrite"; value.append(rule[4]); });
    add(words.where, function (value) { origin(row).forEach(function (line) { value.append(line, element("br")); }); });
    return made;
  }

  function lawOf(ruling) {
    const made = element("div"), items = element("ul");
    made.append(element("strong", ruling[0]), ": " + words.verdicts[ruling[1]] + ", " + words.severities[ruling[2]] + ", " +
      say("confidence", { confidence: words.confidences[ruling[3]] }));
    ruling[4].forEach(function (id) {
      const item = element("li"), known = data.provisions[id];
      if (known) {
        item.append(known[2] ? link(known[2], known[0]) : known[0], ": " + known[1] + " ", element("code", id), " (" +
          (known[3] ? known[3] + "; " : "") + say("confidence", { confidence: words.confidences[known[4]] }) + ")");
      } else {
        item.append(id);
      }
      items.append(item);
    });
    made.append(items);
    return made;
  }

  function origin(row) {
    const url = row[at.url], lines = [];
    const address = element("bdi");
    address.append(/^https?:\/\/[^\s<>"'\\]+$/i.test(url) ? link(url, url) : url || words["no-address"]);
    lines.push(address, row[at.captured] ? say("captured", { time: row[at.captured] }) : words.undated);
    if (row[at.captures] > 1) {
      const many = say("pages-captures", { pages: number.format(row[at.pages]), captures: number.format(row[at.captures]) });
      lines.push(row[at.first] ? say("seen", { first: row[at.first], last: row[at.last] }) + ", " + many : many);
    }
    if (text(row, "section")) lines.push(words.section + ": " + text(row, "section"));
    if (row[at.frame]) lines.push(words.frame);
    if (row[at.mirror]) lines.push(say("mirrored", { site: row[at.mirror] }));
    const id = element("span", words.finding + " ");
    id.append(element("code", row[at.id]));
    lines.push(id);
    return lines;
  }

  // Links of charts: #explorer?rule=RTE001&place=GB

  function follow() {
    const parts = location.hash.split("?");
    if (parts[0] !== "#explorer" || parts.length < 2) return;
    const wanted = new URLSearchParams(parts.slice(1).join("?"));
    for (const name of Object.keys(FITS)) form.elements[name].value = wanted.get(name) || "";
    filter();
    const heading = document.getElementById("explorer");
    heading.scrollIntoView();
    heading.focus({ preventScroll: true });
  }

  function turn(by) {
    page += by;
    draw();
    document.getElementById("explorer").scrollIntoView();
  }

  const options = document.createDocumentFragment();
  data.sites.slice().sort().forEach(function (site) {
    const option = element("option");
    option.value = site;
    options.append(option);
  });
  document.getElementById("sites").append(options);
  previous.textContent = words.previous;
  next.textContent = words.next;
  previous.addEventListener("click", function () { turn(-1); });
  next.addEventListener("click", function () { turn(1); });
  let waiting = 0;
  form.addEventListener("input", function () { clearTimeout(waiting); waiting = setTimeout(filter, 150); });
  form.addEventListener("reset", function () { setTimeout(filter); });
  form.addEventListener("submit", function (event) { event.preventDefault(); filter(); });
  addEventListener("hashchange", follow);
  document.addEventListener("click", function (event) {
    const followed = event.target.closest && event.target.closest("a[href^='#explorer?']");
    if (followed && followed.hash === location.hash) follow();
  });
  form.hidden = false;
  filter();
  follow();
})();
