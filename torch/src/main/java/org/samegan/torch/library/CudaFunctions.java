package org.samegan.torch.library;

/** The stable C functions that only a libtorch for NVIDIA's GPUs has. Streams are longs. */
final class CudaFunctions {
  private CudaFunctions() {}

  @Symbol("torch_get_cuda_stream_from_pool")
  static native int streamFromPool(boolean highPriority, int device, long result);

  @Symbol("torch_set_current_cuda_stream")
  static native int setCurrentStream(long stream, int device);
}
