"""How the two reports look. Colours hold a contrast of at least 7 to 1 for text, 4.5 to 1 for small print."""

from __future__ import annotations

COMMON = """
:root{--paper:#fbf8f3;--ink:#2d2823;--quiet:#665c52;--line:#e6dfd5;--accent:#7a4b2e;--raised:#fffdfa;
--mark:#fbe3b8;--mark-ink:#3b2606;--bar:#b9876a;--care:#8a2f1d;--care-paper:#fdf1ec}
@media (prefers-color-scheme:dark){:root{--paper:#1b1917;--ink:#ece5db;--quiet:#b3a89b;--line:#38332d;
--accent:#e3b18f;--raised:#23201d;--mark:#59431a;--mark-ink:#fdeccb;--bar:#a8785c;--care:#f0a08c;
--care-paper:#2e1f1b}}
*{box-sizing:border-box}
html{font-size:112.5%;-webkit-text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);line-height:1.6;overflow-wrap:anywhere}
main,header,footer,nav.way{width:min(100% - 2.5rem,var(--measure));margin-inline:auto}
a{color:var(--accent);text-underline-offset:.2em}
a:focus-visible,summary:focus-visible{outline:3px solid var(--accent);outline-offset:3px;border-radius:.2rem}
nav.way{display:flex;justify-content:space-between;align-items:center;gap:1rem;padding:1.5rem 0;
color:var(--quiet);font-size:.95rem}
nav.way a{padding:.6rem 0}
footer{color:var(--quiet);font-size:.85rem;padding:2rem 0 4rem}
@media print{:root{--paper:#fff;--ink:#000;--quiet:#444;--line:#ccc;--raised:#fff;--mark:#eee;--mark-ink:#000;
--care:#000;--care-paper:#fff}html{font-size:11pt}nav.way,.by-screen{display:none}
article{break-inside:avoid}main,header,footer{width:100%}}
"""

HOST = """
:root{--measure:36rem}
body{font-family:Charter,"Bitstream Charter","Sitka Text",Cambria,Georgia,"Liberation Serif",serif}
header{padding:14vh 0 3.5rem;text-align:center}
header::before{content:"";display:block;width:2.6rem;height:2.6rem;margin:0 auto 2rem;border-radius:50%;
background:radial-gradient(circle at 50% 55%,#f6c98b 0 18%,#f2b66f55 45%,transparent 70%)}
h1{font-weight:400;font-size:clamp(1.8rem,6vw,2.5rem);line-height:1.2;margin:0 0 1.2rem;text-wrap:balance}
body>footer{text-align:center}
header p{color:var(--quiet);margin:0 auto;max-width:30rem;text-wrap:pretty}
header.short{padding:3rem 0 1rem}
header.short::before{display:none}
article{padding:2.2rem 0;border-top:1px solid var(--line)}
article:first-child{border-top:0}
article p{margin:0;font-size:1.22rem;line-height:1.65;white-space:pre-line}
article footer{width:auto;margin:.8rem 0 0;padding:0;font-size:.95rem}
@media print{header{padding:0 0 1.5rem}header::before{display:none}article{padding:1rem 0}}
"""

FRIEND = """
:root{--measure:46rem}
body{font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",sans-serif}
header{padding:3.5rem 0 1rem}
h1{font-size:clamp(1.6rem,5vw,2.1rem);font-weight:600;line-height:1.2;margin:0 0 1rem;text-wrap:balance}
h2{font-size:1.3rem;font-weight:600;margin:3rem 0 .6rem}
h3{font-size:1.1rem;font-weight:600;margin:2.4rem 0 .4rem}
p.note{color:var(--quiet);font-size:.95rem}
.scroll{overflow-x:auto;margin-inline:-.5rem;padding-inline:.5rem}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums;overflow-wrap:normal}
th,td{padding:.5rem .7rem .5rem 0;text-align:right;border-bottom:1px solid var(--line);vertical-align:middle}
th{font-weight:500;font-size:.9rem;color:var(--quiet)}
th[scope=row]{color:var(--ink);font-size:1rem}
th:first-child,td:first-child{text-align:left}
tr.sum>*{font-weight:600;border-bottom:0}
td.bar{width:45%;text-align:left;padding-inline:.5rem}
td.bar div{height:.85rem;min-width:3px;border-radius:.2rem;background:var(--bar)}
section.care{margin:2rem 0;padding:1.2rem 1.4rem 1.4rem;border:2px solid var(--care);border-radius:.8rem;
background:var(--care-paper)}
section.care h2{margin:0 0 .4rem;color:var(--care)}
section.care li{margin:.5rem 0}
section.care p:last-child{margin-bottom:0}
article,details{margin:.9rem 0;background:var(--raised);border:1px solid var(--line);border-radius:.8rem}
article{padding:1rem 1.2rem}
details article{margin:0;border:0;background:none;padding-top:.2rem}
summary{padding:.9rem 1.2rem;cursor:pointer;color:var(--quiet)}
article p{margin:0;white-space:pre-line}
article ul{margin:.5rem 0 0;padding-left:1.1rem;color:var(--quiet);font-size:.95rem}
article footer{width:auto;margin:.6rem 0 0;padding:0}
mark{background:var(--mark);color:var(--mark-ink);padding:.05em .2em;border-radius:.2em;
box-decoration-break:clone;-webkit-box-decoration-break:clone}
@media (max-width:40rem){td.bar{width:25%}th,td{padding-right:.5rem;font-size:.9rem}th{font-size:.8rem}}
"""
