// What scrolls sideways by itself (wide equations, code, tables) can be reached and scrolled with the keyboard.
window.addEventListener("load", async () => {
  await window.MathJax?.startup?.promise;
  const mark = () =>
    document.querySelectorAll("mjx-container, .math, pre, .bd-article table").forEach((element) => {
      if (element.scrollWidth > element.clientWidth) element.tabIndex = 0;
    });
  mark();
  window.addEventListener("resize", mark);
});
