"""What people send, looked at before it goes on: it is what it says, and tells nothing they did not mean to tell."""

import io
import re
import warnings
from dataclasses import replace

import filetype
from PIL import ExifTags, Image, ImageOps

from bot.gateway import File
from handlers.chat import Incoming

#: what each kind of attachment may really be, by the beginning of its type; a document may be anything
_FITS = {"photo": ("image/",), "voice": ("audio/", "video/"), "video": ("video/", "image/gif")}
#: formats that keep their kind when their hidden parts (EXIF: where and when, the owner's name) are taken off
_KEPT = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
#: formats without such parts but for comments, which stay: taken apart, they would move no more
_MOVING = ("image/gif",)
#: pixels; Pillow warns of a picture that says it is larger: a bomb, or nothing for a phone
Image.MAX_IMAGE_PIXELS = 64_000_000


#: signs that turn the direction of what follows: a line could read otherwise than it was written
_TURNING = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def straight(incoming: Incoming) -> Incoming:
    return replace(incoming, text=_TURNING.sub("", incoming.text), name=_TURNING.sub("", incoming.name))


class Unfit(Exception):
    """It is not what it was sent as, or cannot be opened."""


def clean(kind: str, file: File) -> File:
    """Raises Unfit. A picture comes back upright and without its hidden parts; everything else as it was."""
    mime = filetype.guess_mime(file.bytes) or "application/octet-stream"
    if kind in _FITS and not mime.startswith(_FITS[kind]):
        raise Unfit(mime)
    if not mime.startswith("image/") or mime in _MOVING:
        return File(file.bytes, mime, file.name)
    shown = mime if mime in _KEPT else "image/jpeg"
    return File(_bare(file.bytes, _KEPT[shown]), shown, file.name)


def _bare(body: bytes, kind: str) -> bytes:
    """The picture alone, as JPEG, PNG or WEBP."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(body)) as picture:
                upright = ImageOps.exif_transpose(picture)
                out = io.BytesIO()
                if (
                    kind == "JPEG"
                    and picture.format == "JPEG"
                    and picture.getexif().get(ExifTags.Base.Orientation, 1) == 1
                ):
                    picture.save(out, kind, quality="keep", exif=b"", comment=b"")  # not a pixel changes
                elif kind == "JPEG":
                    upright.convert("RGB").save(out, kind, quality=92, comment=b"")
                else:
                    upright.save(out, kind, exif=b"")
                return out.getvalue()
    except Exception as error:  # hostile pictures fail in many ways; none is ours
        raise Unfit(type(error).__name__) from error
