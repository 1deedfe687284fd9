/**
 * Image data from files: IDX files and folders of PNG or JPEG pictures, packed once into a
 * memory-mapped file of bytes.
 *
 * <p>The entry type is {@link org.samegan.io.data.PackedImages}:
 *
 * <pre>{@code
 * ImageSource source = ImageSource.at(Path.of("data/mnist"), Split.TRAIN);
 * PackedImages images = PackedImages.open(source, ImageOptions.asStored().withSize(32), cache);
 * Dataset dataset = images.as(PixelRange.SIGNED_UNIT);
 * }</pre>
 *
 * <p>Invariants: the order of the images is fixed by the source alone; the same files and options
 * give the same bytes on every machine, but for JPEGs with colours halved in height alone, which
 * libraries in JDKs scale up differently; a picture's colour profile is never applied; one image at
 * a time is in the heap; every failure is an {@link java.io.IOException} that names the file.
 *
 * <h2>The packed file, version 2</h2>
 *
 * <p>Integers are big-endian; digests are SHA-256.
 *
 * <table>
 *   <caption>Layout</caption>
 *   <tr><th>byte</th><th>content</th></tr>
 *   <tr><td>0</td><td>{@code SGPACK}</td></tr>
 *   <tr><td>6</td><td>int8 version, 2</td></tr>
 *   <tr><td>7</td><td>int8 1 if labelled, else 0</td></tr>
 *   <tr><td>8</td><td>int32 count N, height H, width W, channels C, classes, 0</td></tr>
 *   <tr><td>32</td><td>the key: a digest of what the file was made from</td></tr>
 *   <tr><td>64</td><td>the fingerprint: a digest of {@code SameGAN images 1}, N, H, W, C (int32),
 *       the digest of the pixels, and the labels (int32)</td></tr>
 *   <tr><td>96</td><td>the digest of the tables</td></tr>
 *   <tr><td>128</td><td>int64 length of the tables</td></tr>
 *   <tr><td>136</td><td>the digest of bytes 0 to 135; zeros up to 4096</td></tr>
 *   <tr><td>4096</td><td>the pixels: uint8 [N, H, W, C], row-major</td></tr>
 *   <tr><td>then</td><td>the tables: N labels (int32) if labelled; the class names, the names
 *       of images left out, and why each was, each list an int32 number of strings, each string an int32 length and
 *       UTF-8</td></tr>
 * </table>
 */
package org.samegan.io.data;
