"""A report page in headless Chromium, as the tests look at it."""

import base64
import json
from pathlib import Path

from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import Select, WebDriverWait


class Page:
    def __init__(self, url, pictures, width=1280, height=900):
        options = Options()
        for argument in ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]:
            options.add_argument(argument)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        self.driver = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))
        self.pictures = Path(pictures)
        self.resize(width, height)
        self.driver.get(url)
        self.until(lambda: self.text("#headline h1"))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.driver.quit()

    def resize(self, width, height):
        self.width = width
        self.driver.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False})

    def emulate(self, **features):
        """As a browser that prefers, for example, `prefers_color_scheme='dark'`, or prints."""
        media = features.pop("media", "")
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {
            "media": media,
            "features": [{"name": name.replace("_", "-"), "value": value} for name, value in features.items()]})

    def until(self, condition, seconds=20):
        return WebDriverWait(self.driver, seconds, poll_frequency=0.02).until(lambda _: condition())

    def script(self, text, *arguments):
        return self.driver.execute_script(text, *arguments)

    def drawn(self):
        """Waits until what was changed is drawn: two frames."""
        self.driver.execute_async_script(
            "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done()));")

    def find(self, selector):
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def all(self, selector):
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def text(self, selector):
        """In one step, so that a page that is drawn anew meanwhile does no harm."""
        return self.script("return document.querySelector(arguments[0])?.innerText ?? ''", selector)

    def click(self, selector):
        self.script("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", self.find(selector))
        self.find(selector).click()
        self.drawn()

    def choose(self, selector, value):
        Select(self.find(selector)).select_by_value(value)
        self.drawn()

    def filter(self, expression):
        field = self.find("#filter")
        field.clear()
        field.send_keys(expression)
        self.click("#apply")

    def shown_runs(self):
        """Ids of the runs that the table shows, by row."""
        rows = self.script("return [...document.querySelectorAll('#grid tbody tr')].map((row) => row.dataset.runs)")
        return [row.split() for row in rows]

    def brush(self, column, low, high):
        """Drags along an axis of the parallel coordinates, between shares of its length."""
        axis = self.find(f'.brush[data-column="{column}"] .overlay')
        self.script("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", axis)
        height = axis.rect["height"]
        # An end of the axis itself is already beside it where places are rounded to pixels.
        at = lambda share: max(2 - height // 2, min(height // 2 - 2, round((0.5 - share) * height)))
        (ActionChains(self.driver).move_to_element_with_offset(axis, 0, at(high)).click_and_hold()
         .move_to_element_with_offset(axis, 0, at((low + high) / 2))
         .move_to_element_with_offset(axis, 0, at(low)).release().perform())
        self.drawn()

    def picture(self, name, height=None):
        """The whole page as an image, or its upper part, for people to look at."""
        height = height or self.script("return document.documentElement.scrollHeight")
        image = self.driver.execute_cdp_cmd("Page.captureScreenshot", {
            "captureBeyondViewport": True,
            "clip": {"x": 0, "y": 0, "width": self.width, "height": height, "scale": 1}})
        self.pictures.mkdir(parents=True, exist_ok=True)
        (self.pictures / f"{name}.png").write_bytes(base64.b64decode(image["data"]))

    def printed(self, name):
        paper = self.driver.execute_cdp_cmd("Page.printToPDF", {"printBackground": True})
        (self.pictures / f"{name}.pdf").write_bytes(base64.b64decode(paper["data"]))

    def complaints(self):
        """What the browser's console has been told since this was last asked."""
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def data(self):
        return json.loads(self.script("return document.getElementById('data').textContent"))
