/**
 * Pictures as files: what a generator makes, written as PNG.
 *
 * <p>Entry types are {@link org.samegan.io.image.PngGrid} for a sheet of samples and {@link
 * org.samegan.io.image.PngImage} for one picture; {@link org.samegan.io.image.ByteImage} is the
 * 8-bit image between them.
 *
 * <p>Invariants: the same pixels give the same bytes on the same Java runtime; no time or program
 * name is stored; a file is written beside its final name and renamed, so it is whole or absent.
 *
 * <pre>{@code
 * PngGrid.of(10, 10).write(Path.of("samples.png"), pixels, Shape.of(28, 28, 1), PixelRange.UNIT);
 * }</pre>
 */
package org.samegan.io.image;
