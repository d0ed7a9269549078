/** The whole style of the page; light and dark as the reader's machine is. */
export const pageStyle = `
:root{color-scheme:light dark;--ink:#1c2024;--soft:#60646c;--line:#e2e4e8;--paper:#fff;--wash:#f6f7f9;--good:#18794e;--bad:#c62a2f;--quiet:#60646c;--goodbg:#e6f6ed;--badbg:#ffebeb;--quietbg:#eef0f2;--link:#0b68cb}
@media(prefers-color-scheme:dark){:root{--ink:#edeef0;--soft:#a0a6ae;--line:#2e3238;--paper:#121417;--wash:#1a1d21;--good:#4cc38a;--bad:#ff6b6e;--quiet:#a0a6ae;--goodbg:#132d21;--badbg:#3b1719;--quietbg:#24282d;--link:#6cb0ff}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:1320px;padding:2rem 1.5rem 4rem;background:var(--paper);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",sans-serif}
h1{font-size:1.5rem;line-height:1.25;margin:0 0 .25rem}
header p{margin:0;color:var(--soft)}
a{color:var(--link)}
.tiles{display:flex;flex-wrap:wrap;gap:.75rem;margin:1.5rem 0}
.tile{background:var(--wash);border:1px solid var(--line);border-radius:10px;padding:.65rem 1rem;min-width:7rem}
.tile b{display:block;font-size:1.35rem;font-variant-numeric:tabular-nums;line-height:1.3}
.tile span{color:var(--soft);font-size:.85rem}
.tile.good b{color:var(--good)}.tile.bad b{color:var(--bad)}
.groups{border-collapse:collapse;margin:0 0 1.5rem;width:100%}
.groups td{padding:.3rem .75rem .3rem 0;border-bottom:1px solid var(--line);vertical-align:top}
.groups td:first-child{white-space:nowrap;width:1%}
.groups td.n{width:1%;text-align:right;font-variant-numeric:tabular-nums}
.groups tr{cursor:pointer}
.groups tr:hover,.groups tr:focus-visible{background:var(--wash);outline:none}
.why p{margin:0;display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:3;overflow:hidden}
.groups .why p{-webkit-line-clamp:2}
.tools{display:flex;flex-wrap:wrap;gap:.5rem;align-items:center;position:sticky;top:0;background:var(--paper);padding:.6rem 0;z-index:2}
.tools input{flex:1 1 16rem;padding:.45rem .7rem}
.tools input,.tools button{font:inherit;color:inherit;background:var(--wash);border:1px solid var(--line);border-radius:8px}
.tools button{padding:.45rem .8rem;cursor:pointer}
.tools button[aria-pressed=true]{border-color:var(--ink);font-weight:600}
table.units{border-collapse:collapse;width:100%;table-layout:fixed}
.units thead th{text-align:left;border-bottom:2px solid var(--line);padding:0}
.units thead button{all:unset;box-sizing:border-box;display:block;width:100%;padding:.5rem .6rem;color:var(--soft);font-size:.82rem;font-weight:600;cursor:pointer}
.units thead button:focus-visible{outline:2px solid var(--link);outline-offset:-2px}
.units thead th[aria-sort=ascending] button::after{content:" ↑"}
.units thead th[aria-sort=descending] button::after{content:" ↓"}
.units thead th.n button{text-align:right}
.units col.unit{width:21%}.units col.outcome{width:9rem}.units col.tests,.units col.files{width:7.5rem}.units col.tries{width:4rem}.units col.cost{width:5rem}.units col.time{width:5.5rem}
.units thead{position:sticky;top:3.4rem;background:var(--paper);z-index:1}
.units tbody{border-bottom:1px solid var(--line)}
.units tbody:hover{background:var(--wash)}
.units td,.units tbody th{padding:.5rem .6rem;text-align:left;vertical-align:top;font-weight:400;overflow-wrap:anywhere}
.units tbody th{font-weight:600}
.units tbody th i,.tools i{font-style:normal;font-weight:400;color:var(--soft)}
.units td.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap;color:var(--soft)}
td.n i{font-style:normal;font-size:.82rem}
.why{color:var(--soft)}
.mark{display:inline-block;border-radius:99px;padding:.05rem .6rem;font-size:.82rem;font-weight:600;white-space:nowrap}
.mark.good{color:var(--good);background:var(--goodbg)}.mark.bad{color:var(--bad);background:var(--badbg)}.mark.quiet{color:var(--quiet);background:var(--quietbg)}
.units tbody tr:has(+.more) td,.units tbody tr:has(+.more) th{padding-bottom:.15rem}
.more td{padding-top:0}
.more p{margin:.1rem 0;color:var(--soft)}
.more td>p{display:inline-block;margin-right:1.25rem}
.more details{display:inline-block;vertical-align:top;margin-right:1.25rem;max-width:100%}
.more details[open]{display:block;margin-right:0}
summary{cursor:pointer;color:var(--soft);font-size:.88rem;padding:.1rem 0}
summary:hover{color:var(--ink)}
pre{margin:.3rem 0 .6rem;padding:.75rem;max-height:32rem;overflow:auto;background:var(--wash);border:1px solid var(--line);border-radius:8px;font:12.5px/1.5 ui-monospace,"SF Mono",Menlo,Consolas,monospace;white-space:pre-wrap;overflow-wrap:anywhere}
.diff .added{color:var(--good)}.diff .gone{color:var(--bad)}.diff .hunk,.diff .file{color:var(--soft)}
.none{color:var(--soft);padding:1rem .6rem}
[hidden]{display:none}
@media print{.tools{display:none}}
`;
