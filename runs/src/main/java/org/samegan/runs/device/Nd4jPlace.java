package org.samegan.runs.device;

import org.samegan.core.backend.Backend;
import org.samegan.core.device.Device;
import org.samegan.io.run.Machine;

/**
 * ND4J's own choice of device.
 *
 * @param device CPU, or a GPU for those who built with ND4J's CUDA library
 * @param threads to compute with, 0 for one for each core
 */
record Nd4jPlace(Device device, int threads) implements ComputeDevice {
  @Override
  public boolean isGpu() {
    return device == Device.GPU;
  }

  @Override
  public String description() {
    return isGpu() ? "GPU with ND4J's CUDA library" : "CPU";
  }

  @Override
  public String precision() {
    return "fp32";
  }

  @Override
  public Computing start() {
    int threadsNow = Nd4jRuntime.start(threads);
    return new Computing(Backend.nd4j(), Machine.running(device, threadsNow));
  }
}
