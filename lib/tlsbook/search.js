/* Sphinx puts this text into _static/language_data.js, after searchtools.js: what it defines can be bent here. */

/* Chapters before functions: an object of the library counts no more than a word, its page less than a chapter. */
var Scorer = {
  score: ([page, title, anchor, description, score]) => score - (/d-library|genindex/.test(page) ? 30 : 0),
  objNameMatch: 11, objPartialMatch: 4, objPrio: { 0: 5, 1: 0, 2: -5 }, objPrioDefault: 0,
  title: 25, partialTitle: 12, term: 5, partialTerm: 2,
};

/* Excerpts from a file: a browser refuses to fetch there, so the texts come as a script. */
if (location.protocol === "file:") {
  const texts = new Promise((done) => {
    window.setSearchTexts = done;
    const script = document.createElement("script");
    script.src = `${document.documentElement.dataset.content_root}_static/search-texts.js`;
    document.head.append(script);
  });
  const fetchPage = window.fetch;
  window.fetch = async (url, ...rest) => {
    const page = String(url).replace(/^.*?(chapters\/.*)\.html$/, "$1");
    const text = (await texts)[page];
    return text ? new Response(text) : fetchPage(url, ...rest);
  };
}
