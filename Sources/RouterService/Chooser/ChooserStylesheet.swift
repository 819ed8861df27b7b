/// The look of the chooser page: one column on a phone, light and dark, no fonts or images from anywhere.
enum ChooserStylesheet {
    static let text = """
        :root {
          color-scheme: light dark;
          --ground: #f6f7f9; --card: #ffffff; --ink: #14202e; --soft: #4a5a6b; --line: #d9e0e7; --accent: #0b5f7a; --tint: #e4f1f5;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --ground: #0e151c; --card: #17212b; --ink: #eef3f7; --soft: #a9b8c6; --line: #2a3947; --accent: #7fd0e6; --tint: #12303a;
          }
        }
        * { box-sizing: border-box; }
        html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
        body {
          margin: 0; background: var(--ground); color: var(--ink);
          font: 1rem/1.6 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif;
        }
        main { max-width: 58rem; margin: 0 auto; padding: clamp(1.5rem, 6vw, 5rem) clamp(1rem, 4vw, 2rem); }
        .mark { display: flex; align-items: center; gap: .6rem; margin: 0 0 2rem; color: var(--soft); font-weight: 600; }
        .mark span {
          width: 1.1rem; height: 1.1rem; border-radius: 50%;
          background: conic-gradient(var(--accent) 0 25%, var(--line) 0 50%, var(--accent) 0 75%, var(--line) 0);
        }
        h1 { margin: 0 0 .75rem; font-size: clamp(1.75rem, 5vw, 2.75rem); line-height: 1.15; letter-spacing: -.02em; }
        .lead { max-width: 40rem; margin: 0 0 2.25rem; color: var(--soft); font-size: 1.125rem; }
        .geos {
          display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 16rem), 1fr)); gap: 1rem;
          margin: 0 0 3rem; padding: 0; list-style: none;
        }
        .geos li {
          position: relative; padding: 1.25rem 1.25rem 1.1rem; background: var(--card);
          border: 1px solid var(--line); border-radius: .75rem;
        }
        .geos h2 { margin: 0 3.5rem .6rem 0; font-size: 1.2rem; line-height: 1.3; overflow-wrap: anywhere; }
        .geos .code {
          position: absolute; top: 1.25rem; right: 1.25rem; margin: 0; padding: .1rem .5rem; border-radius: 1rem;
          background: var(--tint); color: var(--accent); font-size: .8rem; font-weight: 700;
        }
        .address, code {
          font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; font-size: .875rem;
          overflow-wrap: anywhere;
        }
        .geos .address { margin: 0; color: var(--soft); }
        .geos .address i { color: var(--accent); font-style: normal; font-weight: 600; }
        section { max-width: 44rem; padding-top: 1.5rem; border-top: 1px solid var(--line); }
        section h2 { margin: 0 0 .5rem; font-size: 1.1rem; }
        section p { margin: 0 0 .75rem; color: var(--soft); }
        code { padding: .1rem .35rem; border-radius: .3rem; background: var(--tint); color: var(--ink); }
        .hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

        """
}
