"use strict";
(function () {
  function openTarget() {
    const target = location.hash && document.getElementById(location.hash.slice(1));
    if (target && target.matches("details.finding")) target.open = true;
  }

  let closed = [];
  addEventListener("beforeprint", function () {
    closed = Array.from(document.querySelectorAll("details:not([open])"));
    for (const part of closed) part.open = true;
  });
  addEventListener("afterprint", function () {
    for (const part of closed) part.open = false;
  });
  addEventListener("hashchange", openTarget);
  document.addEventListener("click", function (event) {
    const link = event.target.closest && event.target.closest("a.ref");
    if (link && link.hash === location.hash) openTarget();
  });
  document.addEventListener("menulint:report", begin);
  begin();

  function begin() {
    const form = document.getElementById("filters");
    if (!form) return;
    const shown = document.getElementById("shown");
    const findings = Array.from(document.querySelectorAll("details.finding"));
    const files = Array.from(document.querySelectorAll("section.file")).map(function (section) {
      return {
        section: section,
        findings: Array.from(section.querySelectorAll("details.finding")),
        marks: Array.from(section.querySelectorAll("mark[data-of]")),
        refs: Array.from(section.querySelectorAll(".copy a.ref")),
        row: document.querySelector('tr[data-for="' + section.id + '"]'),
        prefix: "f" + section.id.slice(4) + "-"
      };
    });

    function wanted() {
      const groups = new Map();
      for (const box of form.querySelectorAll("input:checked")) {
        if (!groups.has(box.name)) groups.set(box.name, new Set());
        groups.get(box.name).add(box.value);
      }
      return Array.from(groups);
    }

    function fits(finding, groups) {
      return groups.every(function (group) {
        return finding.dataset[group[0]].split(" ").some(function (value) { return group[1].has(value); });
      });
    }

    function filter() {
      const groups = wanted();
      let count = 0;
      for (const file of files) {
        const seen = new Set();
        for (const finding of file.findings) {
          finding.hidden = !fits(finding, groups);
          if (!finding.hidden) seen.add(finding.id);
        }
        for (const mark of file.marks) {
          mark.classList.toggle("off", !mark.dataset.of.split(" ").some(function (n) { return seen.has(file.prefix + n); }));
        }
        for (const ref of file.refs) ref.hidden = !seen.has(ref.hash.slice(1));
        file.section.hidden = seen.size === 0;
        if (file.row) file.row.hidden = seen.size === 0;
        count += seen.size;
      }
      const text = shown.dataset.text.replace("{count}", count).replace("{all}", findings.length);
      shown.textContent = groups.length ? text : "";
    }

    function setOpen(open) {
      for (const finding of findings) if (!finding.hidden) finding.open = open;
    }

    form.addEventListener("change", filter);
    form.addEventListener("reset", function () { setTimeout(filter); });
    document.getElementById("open").addEventListener("click", function () { setOpen(true); });
    document.getElementById("close").addEventListener("click", function () { setOpen(false); });
    form.hidden = false;
    filter();
    openTarget();
  }
})();
