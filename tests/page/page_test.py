#!/usr/bin/env python3
"""The page of a night in a browser: what a person does in the morning, in headless Chromium.

    page_test.py [PAGE [SCREENSHOT]]   the page in tests/baselines/ if none is given

Drives Chromium by the DevTools protocol over a pipe. Exit status 77, which ctest takes for skipped,
where there is no Chromium. ("apt-get install chromium" gets it.)"""

import base64
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
PAGE = os.path.join(HERE, "..", "baselines", "night.html")
SKIPPED = 77
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
         "--disable-background-networking", "--disable-component-update", "--disable-sync",
         "--hide-scrollbars", "--remote-debugging-pipe", "--window-size=1200,900"]


def find_browser():
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if shutil.which(name):
            return shutil.which(name)
    return None


class Browser:
    """A Chromium with one page, and what it told of: console messages, exceptions, requests."""

    def __init__(self, program):
        self.profile = tempfile.TemporaryDirectory(prefix="pendulum-page-")
        to_browser, self.output = os.pipe()
        self.input, from_browser = os.pipe()

        def give_pipes():
            os.dup2(to_browser, 13)
            os.dup2(from_browser, 14)
            os.dup2(13, 3)
            os.dup2(14, 4)

        self.process = subprocess.Popen(
            [program, *FLAGS, f"--user-data-dir={self.profile.name}", "about:blank"],
            preexec_fn=give_pipes, close_fds=False, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL)
        os.close(to_browser)
        os.close(from_browser)
        self.buffer = b""
        self.events = []
        self.last = 0
        self.session = None
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        attached = self.call("Target.attachToTarget", targetId=target, flatten=True)
        self.session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.call(domain + ".enable")

    def read(self):
        while b"\0" not in self.buffer:
            chunk = os.read(self.input, 1 << 16)
            if not chunk:
                raise RuntimeError("the browser has ended")
            self.buffer += chunk
        text, self.buffer = self.buffer.split(b"\0", 1)
        return json.loads(text)

    def call(self, method, **parameters):
        self.last += 1
        message = {"id": self.last, "method": method, "params": parameters}
        if self.session is not None:
            message["sessionId"] = self.session
        os.write(self.output, json.dumps(message).encode() + b"\0")
        while True:
            answer = self.read()
            if answer.get("id") == self.last:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return answer["result"]
            self.events.append(answer)

    def open(self, path):
        self.call("Page.navigate", url="file://" + os.path.abspath(path))
        while not any(event.get("method") == "Page.loadEventFired" for event in self.events):
            self.events.append(self.read())

    def run(self, script):
        answer = self.call("Runtime.evaluate", expression=script, returnByValue=True,
                           awaitPromise=True, userGesture=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(f"{script}: {answer['exceptionDetails']}")
        return answer["result"].get("value")

    def click(self, selector):
        """With the pointer, in the middle of what the selector finds first."""
        x, y = self.run(
            f"(() => {{ const found = document.querySelector({json.dumps(selector)});"
            "found.scrollIntoView({block: 'center'}); const box = found.getBoundingClientRect();"
            "return [box.x + Math.min(box.width / 2, 60), box.y + box.height / 2]; })()")
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def press(self, key, code, text=""):
        for kind in ("keyDown" if text else "rawKeyDown", "keyUp"):
            self.call("Input.dispatchKeyEvent", type=kind, key=key, code=key, text=text,
                      windowsVirtualKeyCode=code)

    def choose(self, name, value):
        self.run(f"(() => {{ const box = document.getElementById('{name}'); box.value = "
                 f"{json.dumps(value)}; box.dispatchEvent(new Event('change'));"
                 "box.dispatchEvent(new Event('input')); })()")

    def screenshot(self, path):
        image = self.call("Page.captureScreenshot", captureBeyondViewport=True)["data"]
        with open(path, "wb") as file:
            file.write(base64.b64decode(image))
        return os.path.getsize(path)

    def of(self, method):
        return [event["params"] for event in self.events if event.get("method") == method]

    def close(self):
        try:
            self.session = None
            self.call("Browser.close")
        except (RuntimeError, OSError):
            pass
        self.process.wait(timeout=30)
        os.close(self.input)
        os.close(self.output)
        time.sleep(0.1)
        shutil.rmtree(self.profile.name, ignore_errors=True)


class Page(unittest.TestCase):
    page = PAGE
    picture = None

    @classmethod
    def setUpClass(cls):
        cls.browser = Browser(find_browser())
        cls.browser.open(cls.page)

    @classmethod
    def tearDownClass(cls):
        cls.browser.close()

    def shown(self, selector):
        return self.browser.run(f"[...document.querySelectorAll({json.dumps(selector)})]"
                                ".filter(found => found.getClientRects().length > 0).length")

    def text(self, selector):
        return self.browser.run(f"document.querySelector({json.dumps(selector)}).innerText")

    def test_1_the_verdict_stands_on_top(self):
        self.assertRegex(self.text("h1"), r"3 open findings.*not to be trusted")
        top = self.browser.run("document.querySelector('h1').getBoundingClientRect().y")
        self.assertLess(top, 120)
        self.assertIn("MODULE-LEAK", self.text(".failures"))

    def test_2_findings_open_and_close(self):
        self.assertEqual(self.shown(".finding"), 6)
        self.assertEqual(self.shown(".finding[open]"), 1, "the new one")
        self.browser.click(".finding[data-state=regression] summary")
        self.assertEqual(self.shown(".finding[open]"), 2)
        self.assertGreater(self.shown(".finding[data-state=regression] .step"), 5)
        self.browser.press("Enter", 13, "\r")
        self.assertEqual(self.shown(".finding[open]"), 1, "by the keyboard")
        self.browser.click("#close-all")
        self.assertEqual(self.shown(".finding[open]"), 0)
        self.browser.click("#open-all")
        self.assertEqual(self.shown(".finding[open]"), 6)

    def test_3_findings_are_filtered(self):
        self.browser.choose("finding-state", "open")
        self.assertEqual(self.shown(".finding"), 4)
        self.assertEqual(self.text("#finding-count"), "4 of 6 findings")
        self.browser.choose("finding-text", "cache.cpp")
        self.assertEqual(self.shown(".finding"), 1)
        self.browser.choose("finding-text", "")
        self.browser.choose("finding-state", "all")
        self.assertEqual(self.shown(".finding"), 6)

    def test_4_a_step_says_where_it_is(self):
        under = ".finding[data-state=regression] "
        self.browser.run(f"document.querySelector('{under}').open = true")
        self.browser.click(under + ".step:nth-of-type(3)")
        self.assertIn("src/cache.cpp:80 in CCache::Evict", self.text(under + "output.chosen"))
        self.browser.press("ArrowDown", 40)
        chosen = self.text(under + "output.chosen")
        self.assertRegex(chosen, r"^4\. worker 1: .*decided by the schedule")
        self.assertEqual(self.shown(under + ".decision"), 1)

    def test_5_the_command_is_copied(self):
        button = ".finding[data-state=regression] .copy"
        self.browser.click(button)
        for _ in range(50):
            if self.text(button) != "Copy":
                break
            time.sleep(0.02)
        self.assertIn(self.text(button), ("Copied", "Selected"))
        self.assertEqual(self.browser.run("getSelection().toString()").strip(),
                         "pendulum replay findings/hang.json")

    def test_6_the_map_is_filtered(self):
        self.assertEqual(self.shown("tr.clause"), 9)
        self.browser.choose("map-cells", "never")
        self.assertEqual(self.shown("tr.clause"), 1)
        self.assertEqual(self.shown(".map .group"), 1, "groups of which nothing is left are gone")
        self.assertIn("FLUSH-03", self.text(".map"))
        self.browser.choose("map-cells", "empty")
        self.assertEqual(self.shown("tr.clause"), 7)
        self.browser.choose("map-text", "read-07")
        self.assertEqual(self.shown("tr.clause"), 1)
        self.assertEqual(self.shown(".map .heat-0"), 3)
        self.browser.choose("map-text", "")
        self.browser.choose("map-cells", "all")
        self.browser.click(".empty-cells summary")
        self.assertIn("READ-07 inline, before return, no operation", self.text(".empty-cells"))

    def test_7_light_and_dark_are_readable(self):
        grounds = []
        for scheme in ("light", "dark"):
            self.browser.call("Emulation.setEmulatedMedia",
                              features=[{"name": "prefers-color-scheme", "value": scheme}])
            found = self.browser.run(
                "['background-color', 'color'].map(name => "
                "getComputedStyle(document.body).getPropertyValue(name))")
            ground, ink = (sum(map(int, re.findall(r"\d+", color)[:3])) / 765 for color in found)
            self.assertGreater(abs(ground - ink), 0.6, scheme)
            grounds.append(ground)
        self.assertGreater(grounds[0] - grounds[1], 0.6)
        self.browser.call("Emulation.setEmulatedMedia", features=[])

    def test_8_a_narrow_window_does_not_scroll_sideways(self):
        self.browser.call("Emulation.setDeviceMetricsOverride", width=420, height=800,
                          deviceScaleFactor=1, mobile=False)
        width = self.browser.run("document.documentElement.scrollWidth")
        self.browser.call("Emulation.clearDeviceMetricsOverride")
        self.assertLessEqual(width, 420)

    def test_9_nothing_is_asked_of_the_network_and_nothing_fails(self):
        size = self.browser.screenshot(self.picture or os.path.join(
            self.browser.profile.name, "page.png"))
        self.assertGreater(size, 50000)
        own = "file://" + os.path.abspath(self.page)
        asked = {one["request"]["url"] for one in self.browser.of("Network.requestWillBeSent")}
        self.assertEqual({url.split("#")[0] for url in asked}, {own})
        self.assertEqual(self.browser.of("Runtime.exceptionThrown"), [])
        self.assertEqual(self.browser.of("Runtime.consoleAPICalled"), [])
        self.assertEqual([one["entry"]["text"] for one in self.browser.of("Log.entryAdded")], [])
        self.assertEqual(self.browser.run("typeof window.broken"), "undefined",
                         "a text of the night was taken for a script")
        self.assertEqual(self.shown("img"), 0)


if __name__ == "__main__":
    if find_browser() is None:
        print("skipped: there is no Chromium here; `apt-get install chromium` gets it")
        sys.exit(SKIPPED)
    if len(sys.argv) > 1:
        Page.page = sys.argv.pop(1)
    if len(sys.argv) > 1:
        Page.picture = sys.argv.pop(1)
    unittest.main()
