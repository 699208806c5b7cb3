/// How a page looks: on a screen, on a tablet, in grey, and on A4.
enum PageStyle {
  static let css: StaticString = """
    :root{--ink:#16202a;--soft:#5b6875;--line:#d9dee3;--pale:#f5f7f8;--accent:#0b5c8f;
    --alarm:#9c2f14}
    *{box-sizing:border-box}
    html{-webkit-text-size-adjust:100%}
    body{margin:0 auto;padding:3rem 2rem 4rem;max-width:64rem;color:var(--ink);background:#fff;
    font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","DejaVu Sans",sans-serif;
    overflow-wrap:anywhere}
    header{display:flex;gap:1.4rem;align-items:flex-start}
    header>div{min-width:0}
    svg.large{flex:none;width:4.2rem;height:4.2rem;margin-top:.35rem;color:var(--ink)}
    .pass svg.large{color:var(--accent)}
    .fail svg.large{color:var(--alarm)}
    svg.small{display:inline-block;width:1.15em;height:1.15em;margin-right:.5em;
    vertical-align:-.18em}
    p.count{color:var(--soft);font-size:.95rem;margin:-.4rem 0 .7rem}
    .mark.pass{color:var(--soft)}
    .mark.marginal{font-weight:600}
    .mark.fail,.mark.not_determined{color:var(--alarm);font-weight:600}
    .verdict .solid{fill:currentColor}
    .verdict .edge,.verdict .inside{fill:none;stroke:currentColor;stroke-width:4;
    stroke-linecap:round;stroke-linejoin:round}
    .verdict .inside{stroke:#fff;stroke-width:5}
    h1{font-size:2.6rem;line-height:1.15;font-weight:600;margin:.15rem 0 .3rem;letter-spacing:-.015em}
    h2{font-size:1.3rem;font-weight:600;margin:3.2rem 0 1rem}
    h3{font-size:1.15rem;font-weight:600;margin:2.6rem 0 .1rem;padding-top:1.2rem;
    border-top:1px solid var(--line)}
    h4{font-size:.9rem;font-weight:600;margin:0 0 .5rem}
    p{margin:.3rem 0}
    .over{color:var(--soft);font-size:.95rem;margin:.35rem 0 0;max-width:50rem}
    .lead{font-size:1.1rem;color:var(--soft);max-width:46rem;margin:0}
    .pass h1{color:var(--accent)}
    .fail h1{color:var(--alarm)}
    .figures{display:flex;flex-wrap:wrap;gap:1.4rem 1.4rem;
    margin:2rem 0 0;padding:1.3rem 0;border-top:1px solid var(--line);
    border-bottom:1px solid var(--line)}
    .figures dt{font-size:.85rem;color:var(--soft);line-height:1.35}
    .figures dd{margin:0 0 .1rem;font-size:1.45rem;font-variant-numeric:tabular-nums;
    white-space:nowrap}
    .figures dd small{font-size:.9rem;color:var(--soft)}
    .figures div{flex:1 1 7.6rem;display:flex;flex-direction:column-reverse;justify-content:flex-end}
    ol.findings,ul.findings{margin:0;padding:0;list-style:none;counter-reset:step}
    .findings li{position:relative;padding:.1rem 0 .1rem 2.6rem;margin:0 0 1.3rem;
    break-inside:avoid;max-width:52rem}
    ol.findings li::before{counter-increment:step;content:counter(step);position:absolute;left:0;
    top:.1rem;width:1.7rem;height:1.7rem;border-radius:50%;border:1.5px solid var(--ink);
    text-align:center;line-height:1.55rem;font-size:.9rem;font-variant-numeric:tabular-nums}
    ol.findings .unusable::before{background:var(--alarm);border-color:var(--alarm);color:#fff}
    ul.findings li{padding-left:0;margin-bottom:.9rem}
    .findings .remedy{font-weight:600;margin:0}
    .findings .seen{color:var(--soft);font-size:.95rem;margin:.15rem 0 0}
    .findings .kind{color:var(--ink)}
    .findings .unusable .kind{color:var(--alarm)}
    .findings .note .remedy{font-weight:400}
    .notes{margin:1.8rem 0 .7rem;font-size:1rem}
    .notice{background:var(--pale);padding:.8rem 1.1rem;margin:1.5rem 0 0}
    .scroll{overflow-x:auto}
    table{border-collapse:collapse;width:100%;font-size:.9rem;font-variant-numeric:tabular-nums}
    th{font-weight:400;color:var(--soft);text-align:left;vertical-align:bottom;
    border-bottom:1px solid var(--ink);padding:.3rem .55rem;line-height:1.3}
    td{border-bottom:1px solid var(--line);padding:.42rem .55rem;vertical-align:top}
    th:first-child,td:first-child{padding-left:0;min-width:6rem}
    td.t div+div{color:var(--soft);white-space:nowrap}
    th:last-child,td:last-child{padding-right:0}
    th.n,td.n{text-align:right;overflow-wrap:normal}
    th.t,td.t{min-width:6rem}
    td.n,.w{white-space:nowrap}
    th.p,td.p{overflow-wrap:normal;min-width:7rem}
    .pair{display:grid;grid-template-columns:1fr 1fr;gap:2rem 2.2rem;margin-top:1.3rem}
    .pair>*{min-width:0}
    figure{margin:0;break-inside:avoid}
    figcaption{font-size:.85rem;color:var(--soft);line-height:1.45;margin-top:.3rem;max-width:46rem}
    svg{display:block;width:100%;height:auto;max-height:32rem;font-size:15px}
    svg text{fill:var(--ink)}
    .outline{fill:none;stroke:#aeb7c0;stroke-width:1.2}
    .vectors{fill:none;stroke:var(--accent);stroke-width:1.1}
    .starts{fill:none;stroke:var(--ink);stroke-width:2;stroke-linecap:round}
    .crosses{fill:none;stroke:var(--alarm);stroke-width:1.6}
    .plain{fill:none;stroke:#8894a0;stroke-width:1.3}
    .telling{fill:none;stroke:var(--accent);stroke-width:2.8}
    .cell{fill:var(--accent);stroke:#fff;stroke-width:1.5}
    .s1{fill-opacity:.05}.s2{fill-opacity:.11}.s3{fill-opacity:.17}.s4{fill-opacity:.23}
    .s5{fill-opacity:.3}.s6{fill-opacity:.37}.s7{fill-opacity:.44}.s8{fill-opacity:.52}
    .backed{fill:none;stroke:var(--ink);stroke-width:1.6;stroke-linecap:square}
    svg .count{text-anchor:middle;font-variant-numeric:tabular-nums;font-size:18px}
    svg .empty{fill:#7c8791}
    svg .bold{font-weight:700}
    svg .below{font-size:13px;fill:var(--soft)}
    .radial,.tangential{fill:none;stroke-width:1.8;stroke:var(--accent)}
    .tangential{stroke:#4a5560}
    .tangential.line{stroke-dasharray:7 5}
    .radial.dots{stroke-width:9;stroke-linecap:round}
    .tangential.dots{stroke-width:7.5;stroke-linecap:square}
    .bars{stroke-width:1.2}
    .zero{fill:none;stroke:#aeb7c0;stroke-width:1.4}
    .held{fill:none;stroke:var(--ink);stroke-width:2}
    .crops{display:grid;grid-template-columns:repeat(auto-fill,minmax(13rem,1fr));
    gap:1.4rem 1.2rem;margin:1.2rem 0 1.8rem}
    .crops>*{min-width:0}
    .crops svg{image-rendering:pixelated}
    .crops .halo{fill:none;stroke:#000;stroke-opacity:.55;stroke-width:1.7}
    .crops .mark{fill:none;stroke:#ffd23f;stroke-width:.8}
    .view{fill:var(--accent);fill-opacity:.75}
    .view.none{fill:#fff;stroke:var(--alarm);stroke-width:1.5}
    .grid{fill:none;stroke:#e3e7ea;stroke-width:1}
    .mean{fill:none;stroke:var(--ink);stroke-width:1.3;stroke-dasharray:6 4}
    svg .tick.middle{text-anchor:middle}
    svg .tick{text-anchor:end;fill:var(--soft);font-variant-numeric:tabular-nums}
    .bar path{fill:none;stroke:var(--ink);stroke-width:1.4}
    .wide{margin-top:1rem}
    .wide svg{background:var(--pale);max-height:none}
    .wide.bare svg{background:none}
    h4.apart{margin-top:2rem}
    svg .slot{font-size:15px;font-weight:600}
    svg .place{text-anchor:middle;font-size:13.5px;font-variant-numeric:tabular-nums}
    .board{fill:var(--accent);fill-opacity:.045;stroke:#7d8fa0;stroke-width:.9;
    stroke-linejoin:round}
    .camera{fill:var(--ink);fill-opacity:.07;stroke:var(--ink);stroke-width:1.6;
    stroke-linejoin:round}
    svg .label{text-anchor:middle;font-size:17px;paint-order:stroke;stroke:#fff;stroke-width:4;
    stroke-opacity:.75;stroke-linejoin:round}
    #scene.turning{cursor:grab;touch-action:pan-y;user-select:none;-webkit-user-select:none}
    #scene:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
    .foot{margin-top:3.5rem;padding-top:1.2rem;border-top:1px solid var(--line);
    font-size:.85rem;color:var(--soft)}
    @media(max-width:60rem){td,th{padding-left:.35rem;padding-right:.35rem}}
    @media(max-width:44rem){body{padding:1.6rem 1rem 3rem}.pair{grid-template-columns:1fr}
    h1{font-size:1.9rem}header{gap:1rem}svg.large{width:3rem;height:3rem}}
    @page{size:A4;margin:15mm 14mm}
    @media print{body{padding:0;max-width:none;font-size:10pt;
    print-color-adjust:exact;-webkit-print-color-adjust:exact}
    .pair{grid-template-columns:1fr 1fr;gap:.7rem 1.4rem;margin-top:.6rem}.pair svg{max-height:40mm}
    h4{margin-bottom:.2rem;font-size:9pt}.scroll{overflow:visible}
    table{font-size:8.5pt}td,th{padding:.15rem .4rem}.kept{break-inside:avoid}
    h1{font-size:22pt}svg.large{width:15mm;height:15mm}
    .crops{grid-template-columns:repeat(6,1fr);gap:.6rem}.crops figcaption{font-size:7pt}
    .findings li{margin-bottom:.7rem}.findings .seen,p.count{font-size:9pt}.wide svg{max-height:95mm}
    .foot{margin-top:1.2rem;padding-top:.6rem}h2{font-size:13pt;margin-top:1.8rem}
    h3{font-size:11.5pt;margin-top:1rem;padding-top:.6rem}h2,h3,h4{break-after:avoid}
    .camera-page{break-inside:avoid}
    tr{break-inside:avoid}.lead{font-size:11pt}figcaption,.over,.foot{font-size:8.5pt}
    .figures{gap:.8rem 1.4rem;margin-top:1.2rem;padding:.8rem 0}
    .figures dd{font-size:13pt}.figures dt{font-size:8pt}.figures div{flex-basis:4rem}#turn{display:none}}
    """
}
