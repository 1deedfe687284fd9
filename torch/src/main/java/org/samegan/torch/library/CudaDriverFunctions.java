package org.samegan.torch.library;

/** Functions of NVIDIA's driver, which its runtime library has loaded. */
final class CudaDriverFunctions {
  private CudaDriverFunctions() {}

  @Symbol("cuDeviceGet")
  static native int device(long result, int ordinal);

  @Symbol("cuDeviceGetName")
  static native int name(long text, int length, int device);
}
