/** Sorts and filters the rows that are there; it makes no markup, and asks for nothing. */
export const pageScript = `
"use strict";
const table = document.querySelector("table.units");
const groups = [...table.tBodies];
const heads = [...table.tHead.rows[0].cells];
const valueOf = (group, at) => {
  const cell = group.rows[0].cells[at];
  return cell.dataset.v === undefined ? cell.textContent.toLowerCase() : Number(cell.dataset.v);
};
heads.forEach((head, at) => head.firstElementChild.addEventListener("click", () => {
  const up = head.getAttribute("aria-sort") !== "ascending";
  for (const one of heads) one.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", up ? "ascending" : "descending");
  const sorted = [...groups].sort((a, b) => {
    const x = valueOf(a, at), y = valueOf(b, at);
    const order = typeof x === "number" ? x - y : x.localeCompare(y, undefined, { numeric: true });
    return up ? order : -order;
  });
  table.append(...sorted);
}));
const search = document.querySelector(".tools input");
const tones = [...document.querySelectorAll(".tools button")];
const none = document.querySelector(".none");
const texts = new Map(groups.map((group) => [group, group.rows[0].textContent.toLowerCase()]));
const show = () => {
  const tone = tones.find((one) => one.getAttribute("aria-pressed") === "true")?.dataset.tone ?? "";
  const words = search.value.toLowerCase().split(/\\s+/);
  let seen = 0;
  for (const group of groups) {
    const fits = (tone === "" || group.dataset.tone === tone) && words.every((word) => texts.get(group).includes(word));
    group.hidden = !fits;
    if (fits) seen += 1;
  }
  none.hidden = seen > 0;
};
for (const row of document.querySelectorAll(".groups tr")) {
  const choose = () => {
    search.value = [...row.cells].filter((cell) => cell.className !== "n").map((cell) => cell.textContent).join(" ").trim();
    for (const one of tones) one.setAttribute("aria-pressed", String(one.dataset.tone === ""));
    show();
    search.scrollIntoView({ block: "start" });
  };
  row.addEventListener("click", choose);
  row.addEventListener("keydown", (event) => { if (event.key === "Enter") choose(); });
}
search.addEventListener("input", show);
for (const button of tones) button.addEventListener("click", () => {
  for (const one of tones) one.setAttribute("aria-pressed", String(one === button));
  show();
});
`;
