package org.samegan.core.data;

/** The interval that pixel values 0..255 are mapped to, as a network's output activation asks. */
public enum PixelRange {
  /** [-1, 1], for generators that end in tanh. */
  SIGNED_UNIT(-1f, 1f),
  /** [0, 1], for generators that end in a sigmoid. */
  UNIT(0f, 1f);

  private final float low;
  private final float high;

  PixelRange(float low, float high) {
    this.low = low;
    this.high = high;
  }

  /** The value of black. */
  public float low() {
    return low;
  }

  /** The value of white. */
  public float high() {
    return high;
  }

  /** The value of a pixel byte, 0 to 255. */
  public float fromByte(int pixel) {
    return low + (high - low) * (pixel / 255f);
  }

  /** The nearest pixel byte, 0 to 255, of a value; values outside the range are clipped. */
  public int toByte(float value) {
    float unit = (value - low) / (high - low);
    return Math.max(0, Math.min(255, Math.round(unit * 255f)));
  }
}
