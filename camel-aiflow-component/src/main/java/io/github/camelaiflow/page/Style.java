package io.github.camelaiflow.page;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** How the page looks: light or dark as the reader's system has it, for wide and narrow windows and for paper. */
final class Style {

    static final String CSS = """
            :root{color-scheme:light dark;--bg:#f5f6f8;--card:#fff;--text:#1b2330;--muted:#566273;--line:#dde2e8;
            --ok:#16713f;--ok-bg:#e4f4ea;--bad:#b01e14;--bad-bg:#fdeae8;--warn:#825400;--warn-bg:#fcf1d8;
            --info:#1a55bd;--info-bg:#e7effc;--bar:#4a78c2;--bar-out:#9db8e0;--soft:#eef1f5}
            @media(prefers-color-scheme:dark){:root{--bg:#11151b;--card:#1a2029;--text:#e5e9ef;--muted:#a0abba;
            --line:#2f3947;--ok:#62d79c;--ok-bg:#14301f;--bad:#ff958b;--bad-bg:#3b1c1a;--warn:#f0c169;--warn-bg:#352b14;
            --info:#8db8ff;--info-bg:#182a47;--bar:#6d9ae2;--bar-out:#3f5f94;--soft:#232b36}}
            *{box-sizing:border-box}
            body{margin:0;background:var(--bg);color:var(--text);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,
            "Helvetica Neue",Arial,sans-serif}
            main,header.top,footer{max-width:72rem;margin:0 auto;padding:0 1.25rem}
            header.top{padding-top:2rem}
            footer{padding-top:.5rem;padding-bottom:3rem;color:var(--muted);font-size:.875rem}
            h1{font-size:1.75rem;line-height:1.2;margin:0 0 .25rem;overflow-wrap:anywhere}
            h2{font-size:1.25rem;line-height:1.3;margin:2.25rem 0 .75rem;overflow-wrap:anywhere}
            h3{font-size:1rem;margin:0 0 .5rem}
            p{margin:.5rem 0 .75rem}
            a{color:var(--info)}
            a:focus-visible,summary:focus-visible,.scroll:focus-visible{outline:3px solid var(--info);outline-offset:2px;
            border-radius:4px}
            .skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:.5rem;background:var(--card);padding:.5rem 1rem}
            .muted{color:var(--muted)}
            .name{unicode-bidi:isolate;overflow-wrap:anywhere}
            code{font:.875em/1.4 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;unicode-bidi:isolate;
            overflow-wrap:anywhere}
            .verdict{display:flex;gap:1rem;align-items:center;border-radius:.75rem;padding:1rem 1.25rem;margin:1.25rem 0;
            border:1px solid currentColor}
            .verdict .mark{font-size:2rem;line-height:1;width:2.5rem;text-align:center}
            .verdict strong{display:block;font-size:1.25rem;line-height:1.3}
            .verdict span{color:var(--text)}
            .ok{color:var(--ok)}.bad{color:var(--bad)}.warn{color:var(--warn)}.info{color:var(--info)}.none{color:var(--muted)}
            .verdict.ok{background:var(--ok-bg)}.verdict.bad{background:var(--bad-bg)}.verdict.none{background:var(--soft)}
            .badge{display:inline-block;white-space:nowrap;border-radius:1rem;padding:.1rem .6rem;font-size:.8125rem;
            font-weight:600}
            .badge.ok{background:var(--ok-bg)}.badge.bad{background:var(--bad-bg)}.badge.warn{background:var(--warn-bg)}
            .badge.info{background:var(--info-bg)}.badge.none{background:var(--soft)}
            .tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(9.5rem,1fr));gap:.75rem;margin:0 0 .75rem}
            .tiles div{background:var(--card);border:1px solid var(--line);border-radius:.75rem;padding:.75rem 1rem}
            .tiles dt{color:var(--muted);font-size:.8125rem}
            .tiles dd{margin:0;font-size:1.375rem;font-weight:600;line-height:1.35;font-variant-numeric:tabular-nums;
            overflow-wrap:anywhere}
            .tiles dd small{display:block;font-size:.8125rem;font-weight:400;color:var(--muted)}
            .card{background:var(--card);border:1px solid var(--line);border-radius:.75rem;padding:1rem 1.25rem;
            margin:0 0 1rem}
            section.column{content-visibility:auto;contain-intrinsic-size:auto 12rem}
            .column>details>summary{padding:.75rem 1.25rem;display:flex;flex-wrap:wrap;gap:.25rem .75rem;align-items:baseline}
            .column>details>summary:before{content:"▸";color:var(--muted)}
            .column>details[open]>summary:before{content:"▾"}
            .column>details>summary::-webkit-details-marker{display:none}
            .column>details>summary h3{display:inline;margin:0;font-size:1.0625rem}
            .column.card{padding:0}.column .inside{padding:0 1.25rem 1rem}
            summary{cursor:pointer;list-style-position:inside}
            .scroll{overflow-x:auto}
            table{border-collapse:collapse;width:100%;font-size:.9375rem}
            caption{text-align:left;color:var(--muted);font-size:.875rem;padding:0 0 .375rem}
            th,td{text-align:left;vertical-align:top;padding:.45rem .75rem .45rem 0;border-top:1px solid var(--line)}
            thead th{border-top:0;color:var(--muted);font-size:.8125rem;font-weight:600;white-space:nowrap}
            tbody th{font-weight:600}.expectations tbody th{min-width:9rem}
            .number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
            td small,th small{display:block;color:var(--muted);font-weight:400;font-size:.8125rem}
            .profile{display:grid;grid-template-columns:minmax(0,18rem) minmax(0,1fr);gap:1rem 2rem;margin:0 0 1rem}
            .facts{display:grid;grid-template-columns:auto 1fr;gap:.25rem 1rem;margin:0;align-content:start;font-size:.9375rem}
            .facts dt{color:var(--muted)}.facts dd{margin:0;overflow-wrap:anywhere}
            figure{margin:0}figcaption{color:var(--muted);font-size:.875rem}
            svg{display:block;max-width:100%;height:auto}
            svg .bin{fill:var(--bar)}svg .out{fill:var(--bar-out)}svg .track{fill:var(--soft)}
            svg .good{fill:var(--ok)}svg .poor{fill:var(--bad)}
            svg .axis{stroke:var(--line)}svg text{fill:var(--muted);font:11px system-ui,sans-serif}
            svg .line{fill:none;stroke:var(--bar);stroke-width:1.5}svg .limit{stroke:var(--bad);stroke-dasharray:5 3}
            svg .since{stroke:var(--warn);stroke-width:1.5;stroke-dasharray:2 2}svg .reach{stroke:var(--bar-out);stroke-width:2}
            svg .before{fill:none;stroke:var(--text);stroke-width:1.5}svg .ref{fill:var(--text)}
            .key{display:inline-block;width:.875rem;height:.75rem;margin:0 .375rem -.0625rem .75rem;background:var(--bar)}
            .key:first-child{margin-left:0}.key.before{background:none;border:2px solid var(--text)}
            .inside>.facts{margin:0 0 .75rem}
            .pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,19rem),1fr));gap:1rem 2rem;margin:0 0 1rem}
            .pair .bars td.draw{width:34%}.tests code{white-space:nowrap}
            .chart{width:100%;max-width:26rem}.spark{width:6rem}.share{width:100%;height:.75rem;border-radius:.375rem}
            .bars td.draw{width:45%;vertical-align:middle}.bars th{font-weight:400;overflow-wrap:anywhere}
            .bars svg{width:100%;height:.75rem}
            .more{margin:.5rem 0}
            .notice{border-left:4px solid var(--line);padding:.25rem 0 .25rem 1rem;color:var(--muted)}
            .notice.warn{border-color:var(--warn);color:var(--text)}
            @media(max-width:44rem){
            .profile{grid-template-columns:minmax(0,1fr)}
            h1{font-size:1.375rem}
            .expectations thead{position:absolute;left:-999rem}
            .expectations,.expectations tbody,.expectations caption{display:block}
            .expectations .severity:before{content:"Severity: ";color:var(--muted)}
            .overview th:first-child{min-width:8rem}.overview th,.overview td{padding-right:.4rem}
            .overview .spark{width:3.5rem}
            .expectations tr{display:block;border-top:1px solid var(--line);padding:.5rem 0}
            .expectations td,.expectations th{display:block;border:0;padding:.125rem 0}}
            @media print{body{background:#fff}.card,.tiles div{break-inside:avoid}}
            """;

    private Style() {}

    /** What a content security policy names the style sheet by. */
    static String source() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(CSS.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(hash) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
