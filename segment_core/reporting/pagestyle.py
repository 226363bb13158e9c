"""Page style: how the HTML report looks, on a screen in light and dark and on paper, and the script it may run."""

STYLE = """\
:root{--ground:#fdfcfa;--card:#f4f2ec;--ink:#1d2429;--quiet:#5f6770;--rule:#d9d5cb;--accent:#0b6e7f;
--good:#2e7d4f;--warning:#9a5510;--bad:#b3362b;--info:#1f6fb2}
@media(prefers-color-scheme:dark){:root{--ground:#14181b;--card:#1e2428;--ink:#e9e7e2;--quiet:#a5adb3;--rule:#363e44;
--accent:#62c3cd;--good:#6cc492;--warning:#e0a45c;--bad:#ef8a80;--info:#7db8ec}}
*{box-sizing:border-box}html{scroll-behavior:smooth}
body{font:16px/1.55 "Source Sans 3","Segoe UI",system-ui,"PingFang SC","Microsoft YaHei",
"Noto Sans CJK SC",sans-serif;color:var(--ink);background:var(--ground);max-width:62rem;margin:0 auto;
padding:2rem 1.25rem 4rem;
overflow-wrap:anywhere}
h1{font-size:2rem;line-height:1.2;margin:0 0 .25rem}h2{font-size:1.45rem;margin:2.75rem 0 .75rem}
h3{font-size:1.2rem;margin:1.25rem 0 .5rem}h4{font-size:1rem;margin:1rem 0 .25rem}a{color:var(--accent)}
header p,.quiet{color:var(--quiet)}.quiet{font-size:.9rem}.lead{font-size:1.2rem;margin:.5rem 0 1rem}
header{border-bottom:3px solid var(--accent);padding-bottom:1rem}nav h2{font-size:1rem;margin:1rem 0 .25rem}
nav ol,.segments{columns:3 14rem;margin:0;padding-left:1.25rem}.segments{list-style:none;padding:0;margin-bottom:1rem}
.skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:1rem;background:var(--ground);padding:.5rem}
.caveat{display:grid;grid-template-columns:7.5rem 1fr;gap:.25rem 1rem;border-left:4px solid var(--tone);
background:var(--card);padding:.6rem 1rem;margin:.5rem 0;border-radius:0 8px 8px 0;break-inside:avoid}
.caveat p{margin:0}.caveat span{color:var(--quiet)}.caveat strong{color:var(--tone)}
.good{--tone:var(--good)}.warning{--tone:var(--warning)}.bad{--tone:var(--bad)}.info{--tone:var(--info)}
.stats{display:flex;flex-wrap:wrap;gap:.5rem 2rem;margin:.75rem 0}.stats div{min-width:6rem}
dt{color:var(--quiet);font-size:.85rem}dd{margin:0;font-size:1.25rem;font-weight:600}
article{border-top:6px solid var(--own);padding:.25rem 0 1.5rem;margin-top:2rem;scroll-margin-top:1rem}
article>h3{font-size:1.5rem}figure{margin:1rem 0}
.bar{display:grid;grid-template-columns:minmax(0,2fr) minmax(0,3fr);gap:1rem;align-items:center;padding:.2rem 0;
break-inside:avoid}.label small{display:block;color:var(--quiet)}.bar svg{display:block;width:100%;height:20px}
.bar:hover{background:var(--card)}.axis,.whisker{stroke:var(--ink);fill:none}.axis{stroke:var(--rule)}
.parts{columns:2 20rem;column-gap:2.5rem}.points{break-inside:avoid;padding-bottom:.5rem}
ul{margin:.25rem 0;padding-left:1.2rem}li{margin:.2rem 0}
.advice{font-weight:400;color:var(--quiet);font-size:.8rem}
blockquote{border-left:3px solid var(--rule);margin:.4rem 0;padding:0 0 0 .75rem;break-inside:avoid}
blockquote p{margin:0}
blockquote footer{color:var(--quiet);font-size:.85rem}
.scroll{overflow-x:auto;max-height:40rem;overflow-y:auto}table{border-collapse:collapse;width:100%;font-size:.9rem}
caption{text-align:left;font-weight:600;padding:.75rem 0 .4rem}
th,td{text-align:left;vertical-align:top;padding:.35rem .75rem .35rem 0;border-bottom:1px solid var(--rule)}
th{white-space:nowrap}td{overflow-wrap:break-word;min-width:3.5rem}td:last-child{min-width:9rem}.n:last-child{min-width:0}
thead th{position:sticky;top:0;background:var(--ground)}.n{text-align:right;font-variant-numeric:tabular-nums;
overflow-wrap:normal}
details{margin:.25rem 0}summary{cursor:pointer;color:var(--accent)}
th button.sort{border:0;padding:0;font-weight:600;text-align:inherit}th[aria-sort=ascending] .sort::after{content:" ↑"}
th[aria-sort=descending] .sort::after{content:" ↓"}
.own{font-weight:700;font-size:16px;text-anchor:middle;fill:var(--ink);stroke:var(--card);stroke-width:4px;
paint-order:stroke;pointer-events:none}
#cloud{width:100%;height:auto;background:var(--card);border-radius:8px}.cloud{opacity:.75}.cloud.faded{opacity:.07}
.legend{display:flex;flex-wrap:wrap;gap:.4rem;margin:.6rem 0}.key{width:.8em;height:.8em;margin-right:.4em}
button{font:inherit;font-size:.9rem;color:inherit;background:none;border:1px solid var(--rule);border-radius:8px;
padding:.15rem .6rem;cursor:pointer;text-align:left}button[aria-pressed=true]{border-color:var(--accent);
background:var(--card)}:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
small{color:var(--quiet);font-size:.85rem}input{font:inherit;color:inherit;background:var(--card);
border:1px solid var(--rule);border-radius:8px;padding:.2rem .5rem}
#tip{position:fixed;z-index:9;background:var(--ink);color:var(--ground);padding:.3rem .6rem;border-radius:6px;
font-size:.9rem;pointer-events:none;max-width:22rem}
@media(max-width:36rem){.own{font-size:36px;stroke-width:8px}.bar,.caveat{grid-template-columns:1fr;gap:.2rem}}
[hidden]{display:none!important}
@media print{@page{margin:14mm}:root{--ground:#fff;--card:#f6f5f1;--ink:#1d2429;--quiet:#555c63;--rule:#cfcabf;
--accent:#0b6e7f;--good:#2e7d4f;--warning:#9a5510;--bad:#b3362b;--info:#1f6fb2}body{font-size:9.5pt;padding:0;
max-width:none}nav,details,.search,.legend [data-segment=all]{display:none}article{break-before:page;margin:0}
article:first-of-type{break-before:auto}#segments{break-before:page}.segments{display:none}
td{overflow-wrap:anywhere;min-width:0}figure{margin:.5rem 0}.bar{padding:0}dd{font-size:1rem}.lead{font-size:1.05rem}
.parts{columns:3;font-size:8pt;line-height:1.35}h2,h3,h4{break-after:avoid}.scroll{max-height:none;overflow:visible}
thead th{position:static}tr,figure{break-inside:avoid}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
"""

SCRIPT = """\
(function(){
const tip=document.getElementById("tip"),all=[...document.querySelectorAll("[data-segment]")];
document.addEventListener("mousemove",function(e){
const on=e.target.closest&&e.target.closest("[data-tip]");
tip.hidden=!on;if(!on)return;tip.textContent=on.dataset.tip;
tip.style.left=Math.min(e.clientX+14,innerWidth-tip.offsetWidth-8)+"px";
tip.style.top=Math.min(e.clientY+14,innerHeight-tip.offsetHeight-8)+"px";});
function show(id){all.forEach(function(one){const own=one.dataset.segment===id;
if(one.tagName==="BUTTON")one.setAttribute("aria-pressed",own);
else one.classList.toggle("faded",id!=="all"&&!own);});}
all.forEach(function(one){one.addEventListener("click",function(){show(one.dataset.segment);});});
document.querySelectorAll(".search,.legend [hidden]").forEach(function(one){one.hidden=false;});
function value(row,place){const text=row.cells[place].textContent.trim();
return text==="–"?null:/^-?[\\d.,]+ ?%?$/.test(text)?parseFloat(text.replace(/,/g,"")):text;}
function order(a,b){if(a===null||b===null)return a===b?0:a===null?1:-1;
return typeof a==="number"&&typeof b==="number"?a-b:String(a).localeCompare(String(b),undefined,{numeric:true});}
document.querySelectorAll("table[data-sort]").forEach(function(table){
const heads=[...table.querySelectorAll("thead th")],body=table.tBodies[0];
heads.forEach(function(head,place){const button=document.createElement("button");
button.type="button";button.className="sort";button.title=table.dataset.sort;button.textContent=head.textContent;
head.replaceChildren(button);button.addEventListener("click",function(){
const down=head.getAttribute("aria-sort")==="ascending";
heads.forEach(function(one){one.removeAttribute("aria-sort");});
head.setAttribute("aria-sort",down?"descending":"ascending");
[...body.rows].sort(function(a,b){const x=value(a,place),y=value(b,place),found=order(x,y);
return x===null||y===null||!down?found:-found;}).forEach(function(row){body.append(row);});});});});
const box=document.getElementById("search");
if(box)box.addEventListener("input",function(){const asked=box.value.toLowerCase();
document.querySelectorAll("#evidence tbody tr").forEach(function(row){
row.hidden=!row.textContent.toLowerCase().includes(asked);});});
})();
"""
