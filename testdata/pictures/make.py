"""Makes pictures.zip: small pictures of every kind that people have, each with the pixels it means.

    pip install pillow numpy && python make.py

The JPEGs are written by Pillow, some with a marker changed, and what they mean is what Pillow shows: upright, inks as
RGB, profiles not applied. The PNGs are written by Pillow or, in the kinds that it does not write, by `png` below; what
they mean follows from the samples that were put in, and Pillow must agree where it keeps 8 bits or fewer. Transparency
is laid over white. The pixels are Netpbm files (P5 gray, P6 RGB) with the picture's name and .pnm after it.
"""

import io
import struct
import zipfile
import zlib

import numpy as np
from PIL import Image, ImageCms, ImageOps

random = np.random.RandomState(11)
files = {}


def put(name, content, pixels):
    pixels = np.ascontiguousarray(pixels.astype(np.uint8))
    assert name not in files, name
    kind = b"P5" if pixels.ndim == 2 else b"P6"
    files[name] = content
    files[name + ".pnm"] = kind + b"\n%d %d\n255\n" % pixels.shape[1::-1] + pixels.tobytes()


def scene(width, height, channels):
    """Ramps, a block of another colour and a little noise: no two pixels, rows or corners alike."""
    y, x = np.mgrid[0:height, 0:width]
    a = np.zeros((height, width, channels))
    for c in range(channels):
        a[..., c] = (x * (11 + 5 * c) + y * (17 - 6 * c) + 60 * c) % 256 * 0.5 + 60
    a[1 : height // 2, 2 : width // 2] = random.randint(0, 256, channels)
    return np.clip(a + random.randint(-6, 7, a.shape), 0, 255).astype(np.uint8)


# JPEG


def shown(content):
    image = ImageOps.exif_transpose(Image.open(io.BytesIO(content)))
    return np.asarray(image if image.mode == "L" else image.convert("RGB"))


def jpeg(mode, width=13, height=10, **how):
    channels = {"L": 1, "RGB": 3, "CMYK": 4}[mode]
    a = scene(width, height, channels)
    image = Image.fromarray(a[..., 0] if mode == "L" else a, mode)
    out = io.BytesIO()
    image.save(out, "JPEG", **{"quality": 90, **how})
    return out.getvalue()


def put_jpeg(name, content):
    put(name + ".jpg", content, shown(content))


def segment(marker, data):
    return b"\xff" + bytes([marker]) + struct.pack(">H", 2 + len(data)) + data


def first(content, *segments):
    """The segments before all others."""
    return content[:2] + b"".join(segments) + content[2:]


def without(content, marker):
    at = 2
    while content[at + 1] != 0xDA:
        end = at + 2 + struct.unpack(">H", content[at + 2 : at + 4])[0]
        if content[at + 1] == marker:
            return content[:at] + content[end:]
        at = end
    raise ValueError(marker)


def icc(number, count, data):
    return segment(0xE2, b"ICC_PROFILE\0" + bytes([number, count]) + data)


srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
profiles = {
    "none": [],
    "whole": [icc(1, 1, srgb)],
    "cut": [icc(1, 1, srgb[:128])],
    "empty": [segment(0xE2, b"")],
    "missing": [icc(1, 3, srgb[:100]), icc(3, 3, srgb[100:])],
    "twice": [icc(1, 2, srgb[:100]), icc(1, 2, srgb[100:])],
}
kinds = [("gray", "L", {})]
for subsampling, letters in enumerate(("444", "422", "420")):
    kinds.append(("rgb-" + letters, "RGB", {"subsampling": subsampling}))
    kinds.append(("cmyk-" + letters, "CMYK", {"subsampling": subsampling}))
kinds.append(("keptrgb", "RGB", {"keep_rgb": True}))
for kind, mode, how in kinds:
    for progressive in (False, True):
        for profile, segments in profiles.items():
            if progressive and profile in ("cut", "empty", "twice"):
                continue
            name = f"{kind}{'-progressive' if progressive else ''}-profile-{profile}"
            put_jpeg(name, first(jpeg(mode, progressive=progressive, **how), *segments))
for kind, mode, how in kinds:
    if kind in ("gray", "rgb-420", "cmyk-444"):
        for orientation in range(1, 9):
            exif = Image.Exif()
            exif[0x0112] = orientation
            exif[0x010F] = "maker"
            put_jpeg(f"{kind}-orientation-{orientation}", jpeg(mode, exif=exif, **how))
for progressive in (False, True):
    ink = jpeg("CMYK", progressive=progressive)
    marker = ink.index(b"Adobe")
    assert ink[marker + 11] == 0
    put_jpeg(f"ycck-{progressive}", ink[: marker + 11] + b"\2" + ink[marker + 12 :])
    put_jpeg(f"cmyk-no-adobe-{progressive}", without(ink, 0xEE))
for subsampling in range(3):
    put_jpeg(f"rgb-no-jfif-{subsampling}", without(jpeg("RGB", subsampling=subsampling), 0xE0))
put_jpeg("jfif-and-adobe", first(jpeg("RGB"), segment(0xEE, b"Adobe\0\x64\0\0\0\0\0")))
entry = struct.pack(">HHIHH", 0x0112, 3, 1, 6, 0)
big_endian = b"Exif\0\0MM\0*" + struct.pack(">IH", 8, 1) + entry + struct.pack(">I", 0)
put_jpeg("orientation-big-endian", first(jpeg("RGB"), segment(0xE1, big_endian)))
put_jpeg("orientation-9", first(jpeg("RGB"), segment(0xE1, big_endian.replace(entry, entry[:9] + b"\x09\0\0"))))
put("exif-cut.jpg", first(plain := jpeg("RGB"), segment(0xE1, big_endian[:17])), shown(plain))
put_jpeg("comment", jpeg("RGB", comment=b"a comment"))
put_jpeg("optimized", jpeg("RGB", optimize=True))
put_jpeg("restarts", jpeg("RGB", width=16, height=12, restart_marker_blocks=1))
put_jpeg("bytes-behind", jpeg("RGB") + b"some bytes")
for width, height in ((1, 1), (8, 8), (16, 12), (9, 1)):
    put_jpeg(f"size-{width}x{height}", jpeg("RGB", width=width, height=height))
out = io.BytesIO()
Image.fromarray(scene(12, 9, 3)).save(
    out, "MPO", save_all=True, append_images=[Image.fromarray(scene(12, 9, 3))]
)
put_jpeg("two-pictures", out.getvalue())

# PNG

CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
PASSES = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def rows(samples, depth):
    """Filter bytes and packed samples."""
    packed = b""
    for line in samples.reshape(samples.shape[0], -1):
        if depth == 16:
            data = line.astype(">u2").tobytes()
        else:
            bits = "".join(format(v, f"0{depth}b") for v in line)
            bits += "0" * (-len(bits) % 8)
            data = bytes(int(bits[i : i + 8], 2) for i in range(0, len(bits), 8))
        packed += b"\0" + data
    return packed


def png(samples, depth, colour, interlaced, *extra):
    height, width = samples.shape[:2]
    if interlaced:
        parts = [samples[y::dy, x::dx] for x, y, dx, dy in PASSES]
        body = b"".join(rows(part, depth) for part in parts if part.size)
    else:
        body = rows(samples, depth)
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, int(interlaced))
    inner = b"".join(chunk(*c) for c in extra) + chunk(b"IDAT", zlib.compress(body, 9))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + inner + chunk(b"IEND", b"")


def over_white(colours, opacity, top):
    """Exactly, then rounded once to bytes; the first axes are the image's."""
    colours, opacity = colours.astype(object), opacity.astype(object)
    blended = colours * opacity[..., None] + top * (top - opacity[..., None])
    result = (2 * 255 * blended + top * top) // (2 * top * top)
    return (result[..., 0] if result.shape[2] == 1 else result).astype(np.uint8)


def agreed(content, expected):
    """Pillow sees the same, but for how it rounds a blend."""
    rgba = np.asarray(Image.open(io.BytesIO(content)).convert("RGBA"))
    seen = over_white(rgba[..., :3], rgba[..., 3], 255)
    wide = expected if expected.ndim == 3 else np.repeat(expected[..., None], 3, 2)
    assert (seen == wide).all()


def put_png(name, content, expected, pillow=True):
    if pillow:
        agreed(content, expected)
    put(name + ".png", content, expected)


for interlaced in (False, True):
    mark = "-interlaced" if interlaced else ""
    for colour, depths in {0: (1, 2, 4, 8, 16), 2: (8, 16), 4: (8, 16), 6: (8, 16)}.items():
        for depth in depths:
            top = 2**depth - 1
            samples = random.randint(0, top + 1, (7, 11, CHANNELS[colour]))
            alpha = colour >= 4
            colours = samples[..., :-1] if alpha else samples
            opaque = np.full(samples.shape[:2], top)
            opacity = samples[..., -1] if alpha else opaque
            expected = over_white(colours, opacity, top)
            name = f"png-{colour}-{depth}{mark}"
            put_png(name, png(samples, depth, colour, interlaced), expected, depth <= 8)
            if not alpha:
                clear = samples[3, 4]
                expected = over_white(colours, np.where((samples == clear).all(2), 0, opaque), top)
                key = (b"tRNS", clear.astype(">u2").tobytes())
                # Pillow reads tRNS of gray below 8 bits as if it were of 8.
                content = png(samples, depth, colour, interlaced, key)
                put_png(name + "-clear", content, expected, depth == 8)
    for depth in (1, 2, 4, 8):
        count = min(2**depth, 20)
        samples = random.randint(0, count, (9, 10, 1))
        for tint in ("colour", "gray"):
            table = random.randint(0, 256, (count, 3))
            table = table if tint == "colour" else np.repeat(table[:, :1], 3, 1)
            for clear in (0, max(1, count // 2)):
                opacity = np.concatenate([random.randint(0, 256, clear), np.full(count - clear, 255)])
                expected = over_white(table[samples[..., 0]], opacity[samples[..., 0]], 255)
                extra = [(b"PLTE", table.astype(np.uint8).tobytes())]
                extra += [(b"tRNS", opacity[:clear].astype(np.uint8).tobytes())] * (clear > 0)
                name = f"png-palette-{tint}-{depth}{'-clear' if clear else ''}{mark}"
                content = png(samples, depth, 3, interlaced, *extra)
                put_png(name, content, expected if tint == "colour" else expected[..., 0])


def saved(image, **how):
    out = io.BytesIO()
    image.save(out, "PNG", **how)
    return out.getvalue()


gray, colour, rgba = scene(12, 9, 1)[..., 0], scene(12, 9, 3), scene(12, 9, 4)
put_png("saved-1", saved(Image.fromarray(gray > 128)), np.where(gray > 128, 255, 0))
put_png("saved-l", saved(Image.fromarray(gray), optimize=True), gray)
put_png("saved-rgb", saved(Image.fromarray(colour), compress_level=0), colour)
put_png("saved-rgba", saved(Image.fromarray(rgba)), over_white(rgba[..., :3], rgba[..., 3], 255))
put_png("saved-la", saved(Image.fromarray(rgba[..., 1:3], "LA")), over_white(rgba[..., 1:2], rgba[..., 2], 255))
deep = random.randint(0, 65536, (9, 12)).astype(np.uint16)
put_png("saved-i16", saved(Image.fromarray(deep)), over_white(deep[..., None], np.full(deep.shape, 65535), 65535), False)
put_png("saved-p", saved(p := Image.fromarray(colour).quantize(9)), np.asarray(p.convert("RGB")))
put_png("saved-profile", saved(Image.fromarray(colour), icc_profile=srgb), colour)
put_png("saved-gray-profile-rgb", saved(Image.fromarray(gray), icc_profile=srgb), gray)
put_png("saved-animated", saved(Image.fromarray(colour), save_all=True, append_images=[Image.fromarray(255 - colour)]), colour)
put_png("broken-profile", png(colour, 8, 2, False, (b"iCCP", b"x\0\0not deflated")), colour)
put_png("gamma", png(colour, 8, 2, False, (b"gAMA", struct.pack(">I", 100000)), (b"sRGB", b"\0")), colour)
for orientation in range(1, 9):
    exif = Image.Exif()
    exif[0x0112] = orientation
    content = saved(Image.fromarray(colour), exif=exif)
    put(f"saved-orientation-{orientation}.png", content, shown(content))

with zipfile.ZipFile("pictures.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
    for name, content in sorted(files.items()):
        archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
print(len(files) // 2, "pictures")
