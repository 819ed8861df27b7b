"""One browser window on a portal: keyboard, screenshots, and what must hold on every page."""

from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe


class Problem(Exception):
    pass


class Visit:
    """A person without a mouse. Every page that is shown is checked and photographed."""

    MOST_TABS = 120
    SCHEMES = ["light", "dark"]

    def __init__(self, browser, look, folder, report):
        self.look, self.folder, self.report = look, folder, report
        self.context = browser.new_context(
            viewport={"width": look.width, "height": look.height}, device_scale_factor=1, accept_downloads=True)
        self.page = self.context.new_page()
        self.complaints = []
        self.hosts = set()
        self.is_away = False
        self.number = 0
        self.page.on("console", lambda message: self._complain(message))
        self.page.on("pageerror", lambda error: self.is_away or self.complaints.append(str(error)))
        self.page.on("request", lambda request: self.is_away or self.hosts.add(urlsplit(request.url).hostname))

    def close(self):
        self.context.close()

    def open(self, url):
        self.page.goto(url)

    def leave(self):
        """From here on the pages are those of others: they ask other hosts, and what the browser complains of is not ours."""
        self.is_away = True

    def come_back(self):
        """From here on the pages are ours again."""
        if self.is_away:
            # What was asked there is told here a little later.
            self.page.wait_for_load_state("networkidle")
            self.page.evaluate("() => document.readyState")
            self.is_away = False

    def tab_to(self, selector):
        """Presses Tab until the focus is on the element."""
        for _ in range(self.MOST_TABS):
            if self.page.evaluate("selector => document.activeElement?.matches(selector) ?? false", selector):
                return
            self.page.keyboard.press("Tab")
        raise Problem(f"{selector} cannot be reached by keyboard on {self.page.url}")

    def type(self, field, text):
        self._select_all_of(field)
        self.page.keyboard.type(text)

    def paste(self, field, text):
        """At once, as from a clipboard; nothing for an empty text."""
        self._select_all_of(field)
        self.page.keyboard.press("Delete")
        self.page.keyboard.insert_text(text)

    def choose(self, field, label, *, is_whole=True):
        """Chooses one of a list by typing how it begins."""
        self._tab_to_field(field)
        self.page.keyboard.type(label)
        chosen = self.page.evaluate("() => document.activeElement.selectedOptions[0].label")
        if not (chosen == label if is_whole else chosen.startswith(label)):
            raise Problem(f"\"{chosen}\" is chosen instead of \"{label}\" on {self.page.url}")

    def switch(self, field):
        """Checks a box, or takes its mark away."""
        self._tab_to_field(field)
        before = self.page.evaluate("() => document.activeElement.checked")
        self.page.keyboard.press("Space")
        if self.page.evaluate("() => document.activeElement.checked") == before:
            raise Problem(f"the space bar does not switch {field} on {self.page.url}")

    def attach(self, field, name, text):
        """Puts in a file of this name and content; the window that asks for it is the browser's, and opens for nobody here."""
        self._tab_to_field(field)
        file = {"name": name, "mimeType": "application/octet-stream", "buffer": text.encode()}
        self.page.set_input_files(f"[id='{field}']", file)

    def press(self, selector):
        """Goes to a link or button by keyboard and presses Enter; returns when the next page is there."""
        self.tab_to(selector)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def see(self, name, *words):
        """What the page must say; then its checks and its pictures, light and dark."""
        text = self.page.inner_text("body")
        for word in words:
            if word not in text:
                raise Problem(f"{name}: \"{word}\" is not on the page {self.page.url}:\n{text}")
        self.number += 1
        for scheme in self.SCHEMES:
            self.page.emulate_media(color_scheme=scheme)
            self._check(f"{name}, {scheme}")
            file = f"{self.look.name}/{self.number:03}-{name}-{scheme}.png"
            self._photograph(self.folder / file)
            self.report(file)

    def _select_all_of(self, field):
        self._tab_to_field(field)
        self.page.keyboard.press("Control+A")

    def _tab_to_field(self, field):
        self.tab_to(f"[id='{field}']")

    def print(self, name):
        """The page as it is printed, as a PDF beside the pictures."""
        file = f"{self.look.name}/{self.number:03}-{name}.pdf"
        self.page.pdf(path=self.folder / file, format="A4")
        self.report(file)

    def _photograph(self, path):
        """The whole page. A frame inside it is painted only where it is in the window, so the window grows for the moment."""
        height = self.page.evaluate("() => document.documentElement.scrollHeight")
        self.page.set_viewport_size({"width": self.look.width, "height": max(height, self.look.height)})
        for frame in self.page.frames[1:]:
            frame.locator("body").screenshot()
        self.page.screenshot(path=path)
        self.page.set_viewport_size({"width": self.look.width, "height": self.look.height})

    def _check(self, name):
        width, shown = self.page.evaluate("() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        if width > shown:
            raise Problem(f"{name}: the page is {width} px wide on a screen of {shown} px")
        cut = self.page.evaluate("() => [...document.querySelectorAll('.scroll')].some(part => part.scrollWidth > part.clientWidth)")
        if cut:
            raise Problem(f"{name}: a table is wider than its place on a screen of {shown} px")
        results = Axe().run(self.page)
        if results.violations_count:
            raise Problem(f"{name}: axe found\n{results.generate_report()}")
        foreign = {host for host in self.hosts if host and not host.endswith(".localhost")}
        if foreign:
            raise Problem(f"{name}: the page asked other hosts: {foreign}")
        if self.complaints:
            raise Problem(f"{name}: the browser complained: {self.complaints}")

    def _complain(self, message):
        if self.is_away or message.type != "error":
            return
        # Chromium reports the status of a page that says what was wrong with a form, or with somebody else's server.
        if not any(f"the server responded with a status of {status}" in message.text for status in ("4", "502")):
            self.complaints.append(message.text)
