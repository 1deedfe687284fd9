package org.samegan.torch.library;

/** Functions of NVIDIA's runtime library, the one that libtorch has loaded. */
final class CudaRuntimeFunctions {
  private CudaRuntimeFunctions() {}

  @Symbol("cudaGetErrorString")
  static native String errorString(int error);

  @Symbol("cudaGetLastError")
  static native int lastError();

  @Symbol("cudaGetDeviceCount")
  static native int deviceCount(long result);

  @Symbol("cudaDriverGetVersion")
  static native int driverVersion(long result);

  @Symbol("cudaRuntimeGetVersion")
  static native int runtimeVersion(long result);

  @Symbol("cudaMemGetInfo")
  static native int memory(long free, long total);

  @Symbol("cudaDeviceGetAttribute")
  static native int attribute(long result, int attribute, int device);

  @Symbol("cudaStreamSynchronize")
  static native int synchronize(long stream);

  @Symbol("cudaStreamBeginCapture")
  static native int beginCapture(long stream, int mode);

  @Symbol("cudaStreamEndCapture")
  static native int endCapture(long stream, long graph);

  @Symbol("cudaGraphInstantiateWithFlags")
  static native int instantiate(long executable, long graph, long flags);

  @Symbol("cudaGraphDestroy")
  static native int destroyGraph(long graph);

  @Symbol("cudaGraphExecDestroy")
  static native int destroyExecutable(long executable);

  @Symbol("cudaGraphLaunch")
  static native int launch(long executable, long stream);
}
