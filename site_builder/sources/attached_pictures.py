"""Pictures that are published as they are: what the camera or the program wrote into them.

Promise: the place where a picture was taken and the name of who took it are found; the picture
itself is not looked at.
"""

from __future__ import annotations

import io
import warnings

from site_builder.model.library import AttachmentFinding
from site_builder.sources.attachments import Unreadable

LARGE = 3_000_000  # bytes: some seconds on a telephone
GPS, ARTIST = 0x8825, 0x013B  # of the Exif standard


def inside_picture(data: bytes) -> tuple[AttachmentFinding, ...]:
    """What a picture says of its place and author. Raises Unreadable."""
    from PIL import Image

    try:
        with warnings.catch_warnings(action="ignore"), Image.open(io.BytesIO(data)) as picture:
            exif = picture.getexif()
            place, artist = exif.get_ifd(GPS), str(exif.get(ARTIST) or "")
            artist = artist or str(picture.info.get("Author") or "")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise Unreadable("图片已经损坏，或者不是图片") from error
    found = [AttachmentFinding("V304", "", "里记着拍摄地点的经纬度")] if place else []
    if len(data) > LARGE:
        found.append(AttachmentFinding("V307", "", f"有 {len(data) / 1e6:.1f} MB，用手机打开很慢"))
    name = artist.strip(" \0")
    if name:
        found.append(AttachmentFinding("V303", "", f"的文件属性里有作者“{name}”", name))
    return tuple(found)
