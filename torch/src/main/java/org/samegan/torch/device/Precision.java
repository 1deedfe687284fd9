package org.samegan.torch.device;

/** How convolutions and products of matrices of 32-bit floats are computed; all else is exact. */
public enum Precision {
  /** In 32-bit floats. */
  FP32,
  /**
   * On a GPU's tensor cores with operands rounded to 10 bits after the point; elsewhere as FP32.
   */
  TF32,
  /**
   * With operands rounded to bfloat16, 7 bits after the point, and so their results; everything
   * else, weights and their updates above all, stays in 32-bit floats. A step's gradient then
   * points where the exact one does to within about ten degrees, penalties' second derivatives
   * included.
   */
  BF16
}
