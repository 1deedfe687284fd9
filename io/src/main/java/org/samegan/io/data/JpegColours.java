package org.samegan.io.data;

/**
 * What the components of a JPEG file mean, and how they become gray or RGB. Embedded profiles have
 * no part in it.
 *
 * <p>Files of four components hold inverted inks, 255 for none, as Adobe's programs write them: so
 * does every such file in practice, whether it has Adobe's marker or not. The arithmetic is that of
 * the Independent JPEG Group's library for YCbCr, 16 bits of fraction, rounded once.
 */
enum JpegColours {
  GRAY(1),
  RGB(3),
  YCBCR(3),
  CMYK(4),
  YCCK(4);

  private static final int HALF = 1 << 15;
  private static final int RED_OF_CR = fixed(1.402);
  private static final int GREEN_OF_CB = fixed(0.34414);
  private static final int GREEN_OF_CR = fixed(0.71414);
  private static final int BLUE_OF_CB = fixed(1.772);
  private static final int WHITE = 255;

  private final int components;

  JpegColours(int components) {
    this.components = components;
  }

  /** How many samples a pixel of the file has. */
  int components() {
    return components;
  }

  /** How many samples a pixel of the result has: 1 for gray, 3 for red, green, blue. */
  int channels() {
    return this == GRAY ? 1 : 3;
  }

  /**
   * Converts pixels.
   *
   * @param samples of whole pixels, interleaved
   * @param pixels where the result goes
   * @param at the first byte of it there
   */
  void convert(byte[] samples, byte[] pixels, int at) {
    if (this == GRAY || this == RGB) {
      System.arraycopy(samples, 0, pixels, at, samples.length);
      return;
    }
    int to = at;
    for (int from = 0; from < samples.length; from += components, to += 3) {
      if (this == CMYK) {
        System.arraycopy(samples, from, pixels, to, 3);
      } else {
        fromLuma(samples, from, pixels, to);
      }
      if (this != YCBCR) {
        int black = samples[from + 3] & 0xff;
        for (int channel = to; channel < to + 3; channel++) {
          // YCCK holds CMY as if it were RGB, and those inks are inverted once more.
          int ink = pixels[channel] & 0xff;
          int light = this == YCCK ? WHITE - ink : ink;
          pixels[channel] = (byte) ((2 * light * black + WHITE) / (2 * WHITE));
        }
      }
    }
  }

  private static void fromLuma(byte[] samples, int from, byte[] pixels, int to) {
    int luma = samples[from] & 0xff;
    int blue = (samples[from + 1] & 0xff) - 128;
    int red = (samples[from + 2] & 0xff) - 128;
    pixels[to] = clip(luma + ((RED_OF_CR * red + HALF) >> 16));
    pixels[to + 1] = clip(luma + ((HALF - GREEN_OF_CB * blue - GREEN_OF_CR * red) >> 16));
    pixels[to + 2] = clip(luma + ((BLUE_OF_CB * blue + HALF) >> 16));
  }

  private static byte clip(int value) {
    return (byte) Math.max(0, Math.min(WHITE, value));
  }

  private static int fixed(double factor) {
    return (int) (factor * (1 << 16) + 0.5);
  }
}
