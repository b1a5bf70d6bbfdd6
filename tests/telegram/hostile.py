"""What nobody means well with: strategies for updates as Telegram could bring them."""

import io
import struct
import zipfile
import zlib
from typing import Any

from hypothesis import strategies as st

from cases.life.lifecycle import TABLE
from tests.stage.pictures import picture
from tests.telegram.teller import USERS

#: written where words are wanted
CRAFTED = (
    "'; DROP TABLE cases; --",
    '" OR 1=1 --',
    "{{7*7}}${7*7}",
    "${jndi:ldap://x/a}",
    "../../../../etc/passwd",
    "..\\..\\windows\\win.ini",
    '=HYPERLINK("http://x","y")',
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "<script>alert(1)</script>",
    "<b>粗<i>斜</b>",
    "*_[x](tg://user?id=1)`",
    "%s %n %(x)s {0} {x!r}",
    "\u202e\u2066反过来\u2069",
    "\u200b\u200d\ufeff",
    "Z̷̡͔a̸͙l̶g̴o" * 20,
    "👨‍👩‍👧‍👦" * 200,
    "长" * 4096,
    "a" * 4096,
    "\n" * 500,
    "🏚" * 2048,
    "١٢٣٤٥٦٧٨٩",
    "13800138000" * 300,
    "\x00\x01\x02",
    "3号楼" * 1300,
    "不" * 2000 + "电梯坏了",
    "(" * 2000,
    "荷花里" * 1000,
    "1" * 4000,
    "\ud83d",
    "＜ｓｃｒｉｐｔ＞",
)
COMMANDS = (
    "/start",
    "/mine",
    "/tasks",
    "/board",
    "/leave",
    "/staff",
    "/invite",
    "/block",
    "/privacy",
    "/lang",
    "/cancel",
    "/bind",
    "/help",
    "/stats",
    "/visit",
    "/needs",
    "/nothing",
)
#: what moves a conversation on, so that hostile words come to every question
STEPS = (
    "荷花里路灯不亮",
    "中央城B区3号楼电梯坏了",
    "提交",
    "同意并提交",
    "取消",
    "补充",
    "接单",
    "办结",
    "已解决",
    "退回",
    "其他原因",
    "报上级",
    "没解决",
    "替别人报",
    "地方不对",
    "类别不对",
    "删除我的资料",
    "改称呼",
    "改电话",
    "我的工单",
    "看板",
    "着火了",
)


def _zip_bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("0", bytes(20_000_000))
    return out.getvalue()


def _huge_png() -> bytes:
    """A picture of 60,000 by 60,000 that is a few bytes long."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")


FILES: dict[str, bytes] = {
    "zip": _zip_bomb(),
    "huge": _huge_png(),
    "cut": picture("JPEG", (400, 300))[:200],
    "empty": b"",
    "one": b"\xff",
    "html": b"<html><script>alert(1)</script>",
    "svg": b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>",
    "exe": b"MZ" + bytes(500),
    "good": picture("JPEG", (40, 30)),
    "gif": picture("GIF"),
    "ogg": b"OggS" + bytes(60),
    "gzip": zlib.compress(bytes(5_000_000)),
    "tiff": picture("TIFF"),
    "webp": picture("WEBP"),
}

words = st.one_of(
    st.sampled_from(CRAFTED),
    st.sampled_from(STEPS),
    st.text(min_size=1, max_size=60),
    st.builds(lambda a, b: f"{a} {b}", st.sampled_from(COMMANDS), st.sampled_from(CRAFTED) | st.text(max_size=30)),
    st.builds(lambda a, b: a + b, st.sampled_from(STEPS), st.sampled_from(CRAFTED)),
).map(lambda text: text[:4096])
numbers = st.one_of(st.integers(-10, 200), st.sampled_from([2**31, 2**63, -(2**63), 10**30]))
taps = st.one_of(
    st.text(min_size=1, max_size=20),
    st.builds(lambda *p: ".".join(map(str, p)), st.sampled_from("caslbpmx"), numbers, numbers, numbers),
    st.builds(lambda a, n: f"a.{a}.370481-{abs(n):x}", st.sampled_from([row.action for row in TABLE.rows]), numbers),
    st.builds(lambda a, w: f"{a}.{w}", st.sampled_from(["b", "p.y", "s", "l", "m.n"]), st.sampled_from(CRAFTED)),
).map(lambda data: data.encode(errors="ignore")[:64].decode(errors="ignore"))
coordinates = st.one_of(st.floats(-90, 90), st.sampled_from([0.0, -90.0, 90.0, 1e-320]))


def _file(name: str, **more: Any) -> dict[str, Any]:
    return {"file_id": name, "file_unique_id": name, "file_size": len(FILES[name]), **more}


_names = st.sampled_from(sorted(FILES))
contents: st.SearchStrategy[dict[str, Any]] = st.one_of(
    words.map(lambda text: {"text": text}),
    words.map(lambda text: {"text": text}),
    st.builds(lambda n, w: {"photo": [_file(n, width=9, height=9)], "caption": w[:1024]}, _names, words),
    st.builds(lambda n, w: {"document": _file(n, file_name=w[:200], mime_type="image/jpeg")}, _names, words),
    st.builds(lambda n: {"voice": _file(n, duration=3, mime_type="audio/ogg")}, _names),
    st.builds(lambda n: {"video": _file(n, duration=3, width=9, height=9)}, _names),
    st.builds(lambda a, b: {"location": {"latitude": a, "longitude": b}}, coordinates, coordinates),
    st.builds(lambda w: {"contact": {"phone_number": w[:50], "first_name": w[:50], "user_id": 5000}}, words),
    st.builds(lambda w, r: {"text": w, "reply_to_message": r}, words, numbers),
)
presses = st.one_of(taps.map(lambda data: {"tap": data}), st.integers(0, 30).map(lambda n: {"press": n}))
people = st.sampled_from([USERS[name] for name in ("resident", "neighbour", "worker", "coordinator", "street")])
