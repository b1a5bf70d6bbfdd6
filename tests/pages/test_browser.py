"""One whole life in a real browser, against the page that `wangge demo` serves."""

import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

pytestmark = pytest.mark.slow

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class Demo:
    """The real command, in a process that can be stopped and started again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.url = ""
        self.start()

    def start(self) -> None:
        command = [sys.executable, "-m", "bot", "demo", "--data", str(self._folder / "demo"), "--port", self._port()]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout
        said = self._process.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:\d+/", said)
        assert found, said
        self.url = found[0]

    def _port(self) -> str:
        found = re.search(r":(\d+)/", self.url)
        return found[1] if found else "8099"

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        self._process.send_signal(how)
        with self._process:  # waits, and closes its pipe
            pass
        return self._process.returncode


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Demo]:
    made = Demo(tmp_path)
    yield made
    made.stop()


@pytest.fixture
def page(demo: Demo) -> Iterator[Page]:
    if CHROMIUM is None:
        pytest.skip("no Chromium here: `apt-get install chromium` (CI does) for the test in a real browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        made = browser.new_page(viewport={"width": 1280, "height": 800})
        errors: list[str] = []
        made.on("pageerror", lambda error: errors.append(str(error)))
        made.goto(demo.url)
        yield made
        browser.close()
        assert errors == []


def say(page: Page, side: str, text: str) -> None:
    page.fill(f".phone.{side} input[name=text]", text)
    page.click(f".phone.{side} .send")


def tap(page: Page, side: str, label: str) -> None:
    button = page.locator(f".phone.{side} .buttons button", has_text=re.compile(f"^{label}$"))
    button.last.click()


def sees(page: Page, side: str, words: str) -> None:
    page.locator(f".phone.{side} .messages li", has_text=words).last.wait_for(timeout=15_000)


def submit(page: Page) -> None:
    """The review is on the screen; it is the first report, so consent is asked."""
    sees(page, "resident", "请核对")
    tap(page, "resident", "提交")
    sees(page, "resident", "您的话先留着")
    tap(page, "resident", "同意并提交")


def test_a_whole_life_with_a_restart_in_the_middle_of_a_question(demo: Demo, page: Page, tmp_path: Path) -> None:
    say(page, "resident", "中央城B区3号楼电梯坏了两天了，老人下不来楼")
    sees(page, "resident", "电梯故障（您提到：电梯坏了）")
    demo.stop(signal.SIGKILL)
    demo.start()
    page.reload()
    sees(page, "resident", "电梯故障（您提到：电梯坏了）")
    submit(page)
    sees(page, "worker", "新工单")
    tap(page, "worker", "接单")
    sees(page, "resident", "正在处理 · 王建国已接单")
    page.click("[data-push='1d']")
    sees(page, "worker", "超时")
    sees(page, "coordinator", "超时")
    tap(page, "worker", "办结")
    sees(page, "worker", "结果是哪一种")
    tap(page, "worker", "已解决")
    sees(page, "worker", "请写处理结果")
    say(page, "worker", "电梯已恢复运行")
    sees(page, "worker", "发一张")
    page.click(".phone.worker .more")
    page.click(".phone.worker [data-sample]")
    sees(page, "resident", "现在真好了吗")
    page.locator(".phone.resident .messages img").last.wait_for()
    tap(page, "resident", "解决了")
    sees(page, "resident", "您对这次办理")
    tap(page, "resident", "满意")
    sees(page, "resident", "谢谢您的评价")
    page.screenshot(path=tmp_path / "life.png")


def test_places_and_voices_without_a_word_typed(page: Page) -> None:
    page.click(".phone.resident .more")
    page.locator(".phone.resident [data-lat]").first.click()
    sees(page, "resident", "位置收到了")
    page.click(".phone.resident .more")
    page.click(".phone.resident [data-voice]")
    page.locator(".phone.resident .messages audio").first.wait_for()
    submit(page)
    sees(page, "worker", "新工单")
    page.locator(".phone.worker .messages audio").last.wait_for()


def test_a_message_for_somebody_who_is_not_shown_leaves_a_mark(page: Page) -> None:
    say(page, "resident", "荷花里西门垃圾没人收")
    submit(page)
    page.locator("[data-phone=worker2] .badge", has_text="1").wait_for()
    page.click("[data-phone=worker2]")
    sees(page, "worker", "新工单")
    page.reload()
    sees(page, "resident", "已派给李秀兰")


def test_words_are_words_and_no_markup(page: Page) -> None:
    say(page, "resident", "<img src=x onerror=alert(1)> 荷花里路灯不亮")
    sees(page, "resident", "<img src=x onerror=alert(1)> 荷花里路灯不亮")
    assert page.locator(".messages img").count() == 0


def test_on_a_phone_and_in_english(demo: Demo, page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{demo.url}?lang=en")
    say(page, "resident", "荷花里路灯不亮")
    sees(page, "resident", "Please check")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page scrolls sideways"
    page.click("[data-tab='1']")
    assert page.locator(".phone.worker").is_visible()
    assert not page.locator(".phone.resident").is_visible()
