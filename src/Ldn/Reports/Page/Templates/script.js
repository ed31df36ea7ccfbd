"use strict";
// The page is complete without this: here only columns learn to sort, and paper gets every section.
(function () {
  function value(row, index) {
    var cell = row.cells[index];
    if (!cell) return "";
    var data = cell.querySelector("data");
    var text = (cell.dataset.n || (data ? data.value : cell.textContent)).trim();
    var number = Number(text.replace(/[,\u00a0%]/g, "").replace("<", ""));
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
