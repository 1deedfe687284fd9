package org.samegan.io.data;

import java.util.Locale;
import org.samegan.io.image.ByteImage;

/**
 * How the images of a source are brought to one form.
 *
 * @param size the edge in pixels of the square that every image is centre-cropped and resampled to,
 *     up to {@value #MAX_SIZE}; 0 keeps the images as they are, which must then all have one size
 * @param channels 1 for gray (Rec. 601 luma of coloured images), 3 for red, green, blue (gray
 *     repeated), 0 as in the source, where all images must then be alike
 * @param skipBad whether an image of a folder that cannot be decoded is left out rather than an
 *     error
 */
public record ImageOptions(int size, int channels, boolean skipBad) {
  /** The largest size that can be asked for. */
  public static final int MAX_SIZE = 4096;

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if the size is not 0 to {@value #MAX_SIZE} or the channels are
   *     not 0, 1 or 3
   */
  public ImageOptions {
    if (size < 0 || size > MAX_SIZE) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the image size must be 1 to %d pixels, or 0 to keep it, found %d",
              MAX_SIZE,
              size));
    }
    if (channels != 0 && channels != 1 && channels != 3) {
      throw new IllegalArgumentException(
          "the channels must be 1 (gray), 3 (colour) or 0 (as in the source), found " + channels);
    }
  }

  /** Size and channels as in the source; a bad image is an error. */
  public static ImageOptions asStored() {
    return new ImageOptions(0, 0, false);
  }

  /** These options with another size. */
  public ImageOptions withSize(int size) {
    return new ImageOptions(size, channels, skipBad);
  }

  /** These options with other channels. */
  public ImageOptions withChannels(int channels) {
    return new ImageOptions(size, channels, skipBad);
  }

  /** These options with bad images left out, or not. */
  public ImageOptions withSkipBad(boolean skipBad) {
    return new ImageOptions(size, channels, skipBad);
  }

  /**
   * An image in the form that is asked for: cropped to a square and resampled, gray or coloured.
   */
  public ByteImage convert(ByteImage image) {
    return ImageConversion.apply(image, this);
  }
}
