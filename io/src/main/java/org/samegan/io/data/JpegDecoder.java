package org.samegan.io.data;

import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Path;
import org.samegan.io.image.ByteImage;

/**
 * Decodes JPEG files: the JDK's reader gives the components as they are stored, and {@link
 * JpegColours} makes gray or RGB of them.
 */
final class JpegDecoder {
  private JpegDecoder() {}

  static ByteImage decode(Path file, byte[] content, String remedy) throws IOException {
    JpegHeader header = JpegHeader.read(file, content, remedy);
    JpegColours colours = header.colours();
    Raster raster =
        JdkReader.read(
            "jpeg", header.plain(), reader -> components(reader.readRaster(0, null), colours));
    int width = raster.getWidth();
    int stride = width * colours.channels();
    byte[] pixels = new byte[raster.getHeight() * stride];
    byte[] line = new byte[width * colours.components()];
    for (int row = 0; row < raster.getHeight(); row++) {
      raster.getDataElements(0, row, width, 1, line);
      colours.convert(line, pixels, row * stride);
    }
    ByteImage stored = ByteImage.of(raster.getHeight(), width, colours.channels(), pixels);
    return header.orientation().turnUpright(stored);
  }

  private static Raster components(Raster raster, JpegColours colours) throws IOException {
    boolean bytes = raster.getTransferType() == DataBuffer.TYPE_BYTE;
    if (!bytes || raster.getNumBands() != colours.components()) {
      throw new JdkReader.Refusal(
          "image data",
          colours.components() + " components of bytes",
          raster.getNumBands() + " components",
          null);
    }
    return raster;
  }
}
