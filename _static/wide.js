// What is wider than the column. MathJax breaks equations for the room they had when the page opened: where that changes
// (a fold opens, a phone turns) they are broken again. What still scrolls sideways says so, and the keyboard can scroll it.
window.addEventListener("load", async () => {
  await window.MathJax?.startup?.promise;
  const page = window.MathJax?.startup?.document;
  const widths = new WeakMap();

  const breakAgain = (box) => {
    if (!page || !box.clientWidth || box.clientWidth === widths.get(box)) return;
    widths.set(box, box.clientWidth);
    for (const item of page.getMathItemsWithin(box)) {
      const room = page.outputJax.getMetricsFor(item.typesetRoot.parentNode, item.display);
      item.setMetrics(room.em, room.ex, room.containerWidth, room.scale);
      item.rerender(page);
    }
  };
  const mark = (box) => {
    const scrolls = box.scrollWidth > box.clientWidth + 1;
    box.classList.toggle("scrolls", scrolls);
    if (scrolls || box.matches("pre")) box.tabIndex = 0; // code out of sight has no width yet
    else box.removeAttribute("tabindex");
  };
  const observer = new ResizeObserver((changes) => {
    for (const { target } of changes) {
      if (target.matches("div.math")) breakAgain(target);
      mark(target);
    }
  });
  const WIDE = "div.math, span.math mjx-container, pre, .bd-article table, .pst-scrollable-table-container, div.output.text_html";
  for (const box of document.querySelectorAll(WIDE)) {
    widths.set(box, box.clientWidth);
    observer.observe(box);
  }
});
