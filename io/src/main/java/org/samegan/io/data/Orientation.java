package org.samegan.io.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.samegan.io.image.ByteImage;

/**
 * How a stored picture is turned to be upright, in the order of the values 1 to 8 of Exif's tag
 * 0x0112 (CIPA DC-008, 4.6.5). Cameras store pictures as the sensor lies and note this beside them.
 */
enum Orientation {
  UPRIGHT(false, false, false),
  MIRRORED(false, false, true),
  HALF_TURNED(false, true, true),
  UPSIDE_DOWN(false, true, false),
  TRANSPOSED(true, false, false),
  TURNED_CLOCKWISE(true, true, false),
  TRANSVERSE(true, true, true),
  TURNED_ANTICLOCKWISE(true, false, true);

  private static final int TAG = 0x0112;
  private static final int ENTRY_BYTES = 12;
  private static final int SHORT_TYPE = 3;
  private static final int LONG_TYPE = 4;

  private final boolean transposed;
  private final boolean rowsReversed;
  private final boolean columnsReversed;

  Orientation(boolean transposed, boolean rowsReversed, boolean columnsReversed) {
    this.transposed = transposed;
    this.rowsReversed = rowsReversed;
    this.columnsReversed = columnsReversed;
  }

  /**
   * The orientation that Exif data tells, {@link #UPRIGHT} if it tells none: damaged Exif data does
   * not make a good picture unreadable.
   *
   * @param tiff the data from its byte-order mark on, {@code II} or {@code MM}
   */
  static Orientation of(byte[] tiff) {
    if (tiff.length < 8 || tiff[0] != tiff[1] || (tiff[0] != 'I' && tiff[0] != 'M')) {
      return UPRIGHT;
    }
    ByteBuffer exif = ByteBuffer.wrap(tiff);
    exif.order(tiff[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    int directory = exif.getInt(4);
    if (exif.getShort(2) != 42 || directory < 8 || directory > tiff.length - Short.BYTES) {
      return UPRIGHT;
    }
    int entries = Short.toUnsignedInt(exif.getShort(directory));
    int first = directory + Short.BYTES;
    for (int i = 0; i < entries && first + (i + 1) * ENTRY_BYTES <= tiff.length; i++) {
      int entry = first + i * ENTRY_BYTES;
      if (Short.toUnsignedInt(exif.getShort(entry)) == TAG) {
        return of(exif, entry);
      }
    }
    return UPRIGHT;
  }

  private static Orientation of(ByteBuffer exif, int entry) {
    int type = Short.toUnsignedInt(exif.getShort(entry + 2));
    int value =
        switch (type) {
          case SHORT_TYPE -> Short.toUnsignedInt(exif.getShort(entry + 8));
          case LONG_TYPE -> exif.getInt(entry + 8);
          default -> 1;
        };
    return value < 1 || value > values().length ? UPRIGHT : values()[value - 1];
  }

  /** The picture upright; height and width are exchanged by half of the orientations. */
  ByteImage turnUpright(ByteImage stored) {
    if (this == UPRIGHT) {
      return stored;
    }
    int height = transposed ? stored.width() : stored.height();
    int width = transposed ? stored.height() : stored.width();
    int channels = stored.channels();
    ByteBuffer source = stored.buffer();
    byte[] pixels = new byte[source.remaining()];
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        int fromRow = transposed ? column : row;
        int fromColumn = transposed ? row : column;
        fromRow = rowsReversed ? stored.height() - 1 - fromRow : fromRow;
        fromColumn = columnsReversed ? stored.width() - 1 - fromColumn : fromColumn;
        int from = (fromRow * stored.width() + fromColumn) * channels;
        source.get(from, pixels, (row * width + column) * channels, channels);
      }
    }
    return ByteImage.of(height, width, channels, pixels);
  }
}
