"use strict";
// The page is complete without this: here columns learn to sort, maps to zoom and to change, and paper gets every section.
(function () {
  document.documentElement.classList.add("js");
  var comma = document.querySelector("main").dataset.decimal === ",";
  function value(row, index) {
    var cell = row.cells[index];
    if (!cell) return "";
    var data = cell.querySelector("data");
    var text = (cell.dataset.n || (data ? data.value : cell.textContent)).trim();
    var number = Number(cell.dataset.n || data ? text : text.replace(comma ? /[\u00a0\u202f%<]/g : /[,\u00a0%<]/g, "").replace(",", "."));
    return text !== "" && !Number.isNaN(number) ? number : text;
  }
  function sort(table, index, button) {
    var head = button.parentElement;
    var down = head.getAttribute("aria-sort") === "ascending";
    table.querySelectorAll("th[aria-sort]").forEach(function (th) { th.removeAttribute("aria-sort"); });
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    var body = table.tBodies[0];
    var rows = Array.from(body.rows).map(function (row, at) { return { row: row, key: value(row, index), at: at }; });
    rows.sort(function (a, b) {
      if (a.key === b.key) return a.at - b.at;
      if (a.key === "") return 1;
      if (b.key === "") return -1;
      var order = typeof a.key === "number" && typeof b.key === "number" ? a.key - b.key : String(a.key).localeCompare(String(b.key));
      return down ? -order : order;
    });
    rows.forEach(function (item) { body.appendChild(item.row); });
  }
  document.querySelectorAll("table.sortable").forEach(function (table) {
    Array.from(table.tHead.rows[0].cells).forEach(function (head, index) {
      if (head.classList.contains("nosort")) return;
      var button = document.createElement("button");
      button.type = "button";
      while (head.firstChild) button.appendChild(head.firstChild);
      head.appendChild(button);
      button.addEventListener("click", function () { sort(table, index, button); });
    });
  });
  // A map learns to be zoomed, and to show the other layers and periods, which stand below it where there is no script.
  function button(text, name, act) {
    var made = document.createElement("button");
    made.type = "button";
    made.textContent = text;
    if (name) { made.setAttribute("aria-label", name); made.title = name; }
    made.addEventListener("click", act);
    return made;
  }
  function viewer(figure) {
    var say = figure.dataset, svg = figure.querySelector("svg.big"), image = svg.querySelector("image");
    var scope = figure.closest("details") || document, scale = figure.querySelector("[data-scale]");
    var size = svg.viewBox.baseVal, whole = { w: size.width, h: size.height }, view = { x: 0, y: 0, w: whole.w };
    var maps = [figure].concat(Array.from(scope.querySelectorAll(".maps .map"))).map(function (map) {
      var m = map.dataset;
      return { layer: m.layer, title: m.title, period: m.period, years: m.years, label: m.label, legend: m.legend,
        image: map.querySelector("image").getAttribute("href") };
    });
    var now = maps[0];
    var bar = document.createElement("div"), layers = document.createElement("div"), periods = document.createElement("div"),
      zooms = document.createElement("div");
    bar.className = "controls";
    [[layers, say.tLayer], [periods, say.tPeriod], [zooms, say.tWhole]].forEach(function (pair) {
      pair[0].className = "choice";
      pair[0].setAttribute("role", "group");
      pair[0].setAttribute("aria-label", pair[1]);
      bar.appendChild(pair[0]);
    });
    function unique(list, key) { return list.filter(function (a, i) { return list.findIndex(function (b) { return b[key] === a[key]; }) === i; }); }
    function show(map) {
      now = map;
      image.setAttribute("href", map.image);
      svg.setAttribute("aria-label", map.label);
      figure.querySelector("[data-title]").textContent = map.title;
      figure.querySelector("[data-when]").textContent = map.period + (map.years ? " " + map.years : "");
      scope.querySelectorAll(".maplegend").forEach(function (legend) { legend.hidden = legend.dataset.legend !== map.legend; });
      Array.from(layers.children).forEach(function (b) { b.setAttribute("aria-pressed", b.dataset.of === map.layer); });
      periods.textContent = "";
      maps.filter(function (m) { return m.layer === map.layer; }).reverse().forEach(function (m) {
        var b = button(m.period, "", function () { show(m); periods.querySelector("[aria-pressed=true]").focus(); });
        b.title = m.years || "";
        b.setAttribute("aria-pressed", m === map);
        periods.appendChild(b);
      });
    }
    unique(maps, "layer").forEach(function (map) {
      // The indicator's map of the baseline and of later periods has two names; where one only adds to the other, that one will do.
      var names = unique(maps.filter(function (m) { return m.layer === map.layer; }), "title").map(function (m) { return m.title; });
      names = names.filter(function (n) { return !names.some(function (o) { return o !== n && n.indexOf(o) === 0; }); });
      var b = button(names.join(" / "), "", function () {
        show(maps.find(function (m) { return m.layer === map.layer && m.period === now.period; }) || map);
      });
      b.dataset.of = map.layer;
      layers.appendChild(b);
    });
    function draw() {
      view.w = Math.min(whole.w, Math.max(whole.w / 24, view.w));
      var h = view.w * whole.h / whole.w;
      view.x = Math.min(whole.w - view.w, Math.max(0, view.x));
      view.y = Math.min(whole.h - h, Math.max(0, view.y));
      svg.setAttribute("viewBox", [view.x, view.y, view.w, h].map(function (v) { return v.toFixed(2); }).join(" "));
      var times = whole.w / view.w, km = Number(scale.dataset.scale) / times;
      svg.style.setProperty("--z", view.w / whole.w);
      svg.classList.toggle("zoomed", times > 1.01);
      var told = km >= 100 ? Math.round(km).toLocaleString("en") : String(Number(km.toPrecision(2)));
      if (comma) told = told.replace(/[,.]/g, function (c) { return c === "," ? "\u202f" : ","; });
      scale.textContent = scale.dataset.text.replace("{0}", told);
    }
    scale.dataset.text = scale.textContent.replace(/[\d.,\u202f]+/, "{0}");
    function at(event) {
      var box = svg.getBoundingClientRect();
      return { x: view.x + (event.clientX - box.left) / box.width * view.w, y: view.y + (event.clientY - box.top) / box.width * view.w };
    }
    function zoom(times, point) {
      var h = view.w * whole.h / whole.w, p = point || { x: view.x + view.w / 2, y: view.y + h / 2 };
      var w = Math.min(whole.w, Math.max(whole.w / 24, view.w / times)), by = w / view.w;
      view = { x: p.x - (p.x - view.x) * by, y: p.y - (p.y - view.y) * by, w: w };
      draw();
    }
    function reset() { view = { x: 0, y: 0, w: whole.w }; draw(); }
    zooms.appendChild(button("+", say.tIn, function () { zoom(1.6); }));
    zooms.appendChild(button("−", say.tOut, function () { zoom(1 / 1.6); }));
    zooms.appendChild(button("⤢", say.tWhole, reset));
    svg.addEventListener("wheel", function (event) {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      zoom(event.deltaY < 0 ? 1.25 : 0.8, at(event));
    }, { passive: false });
    svg.addEventListener("dblclick", function (event) { event.preventDefault(); zoom(2, at(event)); });
    svg.addEventListener("keydown", function (event) {
      var step = view.w / 8, moves = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] };
      if (event.key === "+" || event.key === "=") zoom(1.6);
      else if (event.key === "-") zoom(1 / 1.6);
      else if (event.key === "0") reset();
      else if (moves[event.key] && view.w < whole.w) { view.x += moves[event.key][0]; view.y += moves[event.key][1]; draw(); }
      else return;
      event.preventDefault();
    });
    var fingers = new Map(), moved = 0;
    svg.addEventListener("pointerdown", function (event) { if (fingers.size === 0) moved = 0; fingers.set(event.pointerId, event); });
    svg.addEventListener("pointermove", function (event) {
      var before = fingers.get(event.pointerId);
      if (!before) return;
      var unit = view.w / svg.getBoundingClientRect().width;
      if (fingers.size === 1) {
        moved += Math.abs(event.clientX - before.clientX) + Math.abs(event.clientY - before.clientY);
        if (moved > 5 && view.w < whole.w) {
          svg.setPointerCapture(event.pointerId);
          view.x -= (event.clientX - before.clientX) * unit;
          view.y -= (event.clientY - before.clientY) * unit;
          draw();
        }
      } else if (fingers.size === 2) {
        var other = Array.from(fingers.values()).find(function (f) { return f.pointerId !== event.pointerId; });
        var apart = function (f) { return Math.hypot(f.clientX - other.clientX, f.clientY - other.clientY); };
        moved = 99;
        zoom(apart(event) / Math.max(1, apart(before)), at({ clientX: (event.clientX + other.clientX) / 2, clientY: (event.clientY + other.clientY) / 2 }));
      }
      fingers.set(event.pointerId, event);
    });
    ["pointerup", "pointercancel", "pointerleave"].forEach(function (name) {
      svg.addEventListener(name, function (event) { fingers.delete(event.pointerId); });
    });
    svg.addEventListener("click", function (event) { if (moved > 5) { event.preventDefault(); event.stopPropagation(); } }, true);
    svg.setAttribute("tabindex", "0");
    figure.insertBefore(bar, svg.parentNode);
    show(maps[0]);
  }
  // Whoever points at a zone reads its figures below the map.
  function reading(figure) {
    var line = figure.querySelector(".reading"), usual = figure.dataset.tPoint || "";
    if (!line) return;
    line.textContent = usual;
    function tell(event) {
      var zone = event.target.closest && event.target.closest("[data-say]");
      line.textContent = zone ? zone.dataset.say : usual;
    }
    ["pointerover", "focusin", "pointerout", "focusout"].forEach(function (name) {
      figure.addEventListener(name, function (event) { if (name.slice(-3) === "out") line.textContent = usual; else tell(event); });
    });
  }
  document.querySelectorAll("[data-viewer]").forEach(viewer);
  document.querySelectorAll("[data-viewer], [data-choropleth]").forEach(reading);
  document.querySelectorAll("[data-choropleth]").forEach(function (figure) {
    var choice = document.createElement("div"), names = figure.dataset.tFigures.split("|");
    choice.className = "choice controls";
    choice.setAttribute("role", "group");
    choice.setAttribute("aria-label", figure.dataset.tLayer);
    names.forEach(function (name, index) {
      var b = button(name, "", function () {
        figure.querySelectorAll("[data-c]").forEach(function (area) { area.setAttribute("class", "zone c" + area.dataset.c.split(",")[index]); });
        figure.className = "choropleth f" + index;
        Array.from(choice.children).forEach(function (other) { other.setAttribute("aria-pressed", other === b); });
      });
      b.setAttribute("aria-pressed", index === 0);
      choice.appendChild(b);
    });
    figure.insertBefore(choice, figure.querySelector("svg"));
  });
  function openTarget() {
    var target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    var details = target && (target.matches("details") ? target : target.querySelector("details"));
    if (details) { details.open = true; target.scrollIntoView(); }
  }
  window.addEventListener("hashchange", openTarget);
  openTarget();
  window.addEventListener("beforeprint", function () {
    document.querySelectorAll(".subject > details").forEach(function (d) { d.open = true; });
  });
})();
