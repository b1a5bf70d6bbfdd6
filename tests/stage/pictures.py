"""Pictures made for tests."""

import io

from PIL import Image


def picture(kind: str = "PNG", size: tuple[int, int] = (8, 6), **options: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (200, 120, 40)).save(out, kind, **options)
    return out.getvalue()
