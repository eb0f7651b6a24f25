"use strict";
(function () {
  let running = null;

  function part(id) { return document.getElementById(id); }

  function say(sentence) { part("status").textContent = sentence; }

  function complain(sentence) {
    const mistake = document.createElement("p");
    mistake.className = "mistake";
    mistake.setAttribute("role", "alert");
    mistake.textContent = sentence;
    for (const old of part("answer").querySelectorAll(":scope > .mistake")) old.remove();
    part("answer").prepend(mistake);
    mistake.scrollIntoView({ block: "nearest" });
    say("");
  }

  /* What is shown is of what was checked, and no longer of what the form holds. */
  function sayIfStale(event) {
    if (event.target.form === part("ask") && event.target.name !== "format" && part("answer").querySelector(".tiles")) say(part("ask").dataset.stale);
  }

  function setFiles(list) {
    const transfer = new DataTransfer();
    for (const file of list) transfer.items.add(file);
    part("files").files = transfer.files;
    showFiles();
  }

  function showFiles() {
    const list = Array.from(part("files").files);
    for (const lost of part("ask").querySelectorAll(".without-script")) lost.remove();
    part("no-files").hidden = list.length === 0;
    part("chosen").hidden = list.length < 2;
    part("chosen").replaceChildren(...list.map(function (file) {
      const item = document.createElement("li");
      item.textContent = file.name;
      return item;
    }));
  }

  function isTooLarge() {
    const size = Array.from(part("files").files).reduce(function (sum, file) { return sum + file.size; }, part("text").value.length);
    return size > Number(part("ask").dataset.limit);
  }

  async function ask(address, more) {
    const said = part("ask").dataset;
    if (isTooLarge()) { complain(said.tooLarge); return null; }
    if (running) running.abort();
    const own = running = new AbortController();
    const data = new FormData(part("ask"));
    for (const name in more) data.set(name, more[name]);
    part("ask").setAttribute("aria-busy", "true");
    say(said.checking);
    try {
      return await fetch(address, { method: "POST", body: data, signal: own.signal });
    } catch (error) {
      if (!own.signal.aborted) complain(said.unreachable);
      return null;
    } finally {
      if (running === own) {
        running = null;
        part("ask").removeAttribute("aria-busy");
      }
    }
  }

  async function check(more) {
    const response = await ask(part("ask").action, more);
    if (!response) return;
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const fresh = page.getElementById("answer");
    if (!fresh) { complain(page.body.textContent); return; }
    if (page.documentElement.lang !== document.documentElement.lang) speakAs(page);
    part("answer").replaceChildren(...fresh.childNodes);
    begin();
    say(part("ask").dataset.done);
    part("answer").focus({ preventScroll: true });
    part("answer").scrollIntoView({ block: "start" });
  }

  /* The page in another language: all but the text and the files, which only this page holds. */
  function speakAs(page) {
    for (const id of ["text", "files"]) page.getElementById(id).replaceWith(part(id));
    document.documentElement.lang = page.documentElement.lang;
    document.title = page.title;
    for (const name of ["header", "footer", ".skip", "main > form"]) {
      document.querySelector("body " + name).replaceWith(page.querySelector("body " + name));
    }
    showFiles();
  }

  function begin() {
    for (const link of part("answer").querySelectorAll('a[href^="http"]')) link.target = "_blank";
    document.dispatchEvent(new Event("menulint:report"));
    if (part("copy")) part("copy").hidden = !navigator.clipboard;
    const changed = part("answer").querySelector(".changed");
    if (changed) take(changed);
  }

  /* A rewording was made: the text or the file is from now on what the server made of it. */
  function take(changed) {
    const bytes = Uint8Array.from(atob(changed.dataset.file), function (char) { return char.charCodeAt(0); });
    const index = Number(changed.dataset.index) - (part("text").value.trim() ? 1 : 0);
    const before = { text: part("text").value, files: Array.from(part("files").files) };
    const list = Array.from(before.files);
    const undo = changed.querySelector(".undo");
    undo.hidden = false;
    undo.addEventListener("click", function () {
      part("text").value = before.text;
      setFiles(before.files);
      check({});
    });
    if (index < 0) {
      part("text").value = new TextDecoder().decode(bytes);
    } else if (list[index]) {
      list[index] = new File([bytes], list[index].name, { type: list[index].type });
      setFiles(list);
      const keep = changed.querySelector(".keep");
      keep.hidden = false;
      keep.addEventListener("click", function () { save(list[index], list[index].name); });
    }
  }

  function save(blob, name) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(function () { URL.revokeObjectURL(link.href); }, 60000);
  }

  async function report() {
    const response = await ask("/check?ui_lang=" + document.documentElement.lang, { save: "1" });
    if (!response || response.ok) return response;
    complain(await response.json().then(function (body) { return body.error; }, function () { return response.statusText; }));
    return null;
  }

  async function saveReport() {
    const response = await report();
    if (!response) return;
    const name = /filename="([^"]+)"/.exec(response.headers.get("content-disposition") || "");
    save(await response.blob(), name ? name[1] : "menulint-report");
    say("");
  }

  async function copyReport() {
    const response = await report();
    if (!response) return;
    try {
      await navigator.clipboard.writeText(await response.text());
      say(part("ask").dataset.copied);
    } catch (error) {
      complain(part("ask").dataset.notCopied);
    }
  }

  document.addEventListener("submit", function (event) {
    if (event.target.id !== "ask") return;
    event.preventDefault();
    const by = event.submitter;
    if (by && by.name === "save") saveReport();
    else check(by && by.name === "fix" ? { fix: by.value } : {});
  });
  document.addEventListener("click", function (event) {
    if (event.target.matches("a.language") && (part("text").value.trim() || part("files").files.length)) {
      event.preventDefault();
      check({ ui_lang: event.target.lang });
    }
    if (event.target.id === "copy") copyReport();
    if (event.target.id === "no-files") { setFiles([]); part("files").focus(); }
  });
  document.addEventListener("keydown", function (event) {
    if (event.target.id === "text" && event.key === "Enter" && (event.ctrlKey || event.metaKey)) part("ask").requestSubmit();
  });
  document.addEventListener("input", sayIfStale);
  document.addEventListener("change", function (event) {
    const { id, name, value } = event.target;
    if (id === "files") showFiles();
    if (name === "place") part("ask").elements.where.value = "these";
    if (name === "where" && value === "these") document.querySelector(".places-in details").open = true;
  });

  function hasFiles(event) { return event.dataTransfer && Array.from(event.dataTransfer.types).includes("Files"); }

  function over(shown) { document.querySelector(".files-in").classList.toggle("over", shown); }

  document.addEventListener("dragover", function (event) {
    if (!hasFiles(event)) return;
    event.preventDefault();
    over(true);
  });
  document.addEventListener("dragleave", function () { over(false); });
  document.addEventListener("drop", function (event) {
    over(false);
    if (!hasFiles(event)) return;
    event.preventDefault();
    setFiles(Array.from(part("files").files).concat(Array.from(event.dataTransfer.files)));
  });
  showFiles();
  begin();
})();
