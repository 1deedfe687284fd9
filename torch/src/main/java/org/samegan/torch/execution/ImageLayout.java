package org.samegan.torch.execution;

/**
 * How images lie in memory while convolutions work on them. The results are the same up to
 * rounding; which is faster depends on the device and the precision.
 */
public enum ImageLayout {
  /** A pixel's channels side by side, as SameGAN's arrays have them. */
  CHANNELS_LAST,
  /** A channel's pixels side by side. */
  CHANNELS_FIRST
}
