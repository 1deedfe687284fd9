package org.samegan.torch.device;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.samegan.core.backend.ComputeException;
import org.samegan.torch.library.CudaRuntime;
import org.samegan.torch.library.Handles;
import org.samegan.torch.library.HostMemory;
import org.samegan.torch.library.LibTorch;
import org.samegan.torch.library.TorchException;

/**
 * A device of libtorch's: the CPU, or one of NVIDIA's GPUs. Everything on a GPU goes to one stream,
 * in the order in which it was given, from whatever thread.
 *
 * <p>What lives as long as the caller wants is allocated for another stream than what comes and
 * goes within a step, so that libtorch's allocator never mixes them: a recorded step uses the same
 * addresses at every replay, and between replays other steps may use them, but nothing that stays.
 */
public final class TorchDevice {
  /** Less than such a part of a device's memory is none, for what a step asks for. */
  private static final int SCARCE = 16;

  private final Map<String, String> refused = new LinkedHashMap<>();

  private final LibTorch torch;
  private final boolean cuda;
  private final int index;
  private final long stream;
  private Precision precision = Precision.FP32;
  private boolean recordings;
  private long memoryChanges;

  private TorchDevice(LibTorch torch, boolean cuda, int index) {
    this.torch = torch;
    this.cuda = cuda;
    this.index = index;
    if (cuda) {
      CudaRuntime.bind(torch);
      stream = CudaRuntime.newStream(index);
    } else {
      stream = 0;
    }
    set("_ZN2at7Context21setDeterministicCuDNNEb", true, "deterministic cuDNN");
    set("_ZN2at7Context17setBenchmarkCuDNNEb", false, "cuDNN's choice without timing");
    setPrecision(Precision.FP32);
  }

  /** The CPU. The process then keeps memory that is given back, see {@link HostMemory#keep}. */
  public static TorchDevice cpu(LibTorch torch) {
    HostMemory.keep();
    return new TorchDevice(torch, false, 0);
  }

  /**
   * One of NVIDIA's GPUs.
   *
   * @param index its number, from 0
   * @throws org.samegan.torch.library.TorchException if there is none, or libtorch can't use it
   */
  public static TorchDevice cuda(LibTorch torch, int index) {
    return new TorchDevice(torch, true, index);
  }

  private void set(String setter, boolean value, String what) {
    if (!torch.set(setter, value)) {
      refused.put(what, "this libtorch has no setter for it");
    }
  }

  /** Settings that this libtorch would not take, and why; empty where all were. */
  public Map<String, String> refusedSettings() {
    return Map.copyOf(refused);
  }

  /** Whether it is one of NVIDIA's GPUs. */
  public boolean isCuda() {
    return cuda;
  }

  /** How steps compute that are compiled from now on; at first {@link Precision#FP32}. */
  public Precision precision() {
    return precision;
  }

  /**
   * Changes how exactly is computed, for the whole process. Steps that were compiled before must
   * not be run any more.
   */
  public void setPrecision(Precision wanted) {
    precision = wanted;
    boolean tf32 = wanted == Precision.TF32;
    set("_ZN2at7Context17setAllowTF32CuDNNEb", tf32, "TF32 in convolutions");
    set("_ZN2at7Context18setAllowTF32CuBLASEb", tf32, "TF32 in products");
  }

  /**
   * Lets cuDNN time its algorithms for every new shape and take the fastest: results then may
   * differ in their last bits from run to run.
   */
  public void setTiming(boolean timing) {
    set("_ZN2at7Context17setBenchmarkCuDNNEb", timing, "cuDNN's choice by timing");
    set("_ZN2at7Context21setDeterministicCuDNNEb", !timing, "deterministic cuDNN");
  }

  /** The library that computes. */
  public LibTorch library() {
    return torch;
  }

  /** The GPU that it is; empty for the CPU. */
  public Optional<CudaRuntime.Gpu> gpu() {
    return cuda ? Optional.of(CudaRuntime.describe(index)) : Optional.empty();
  }

  /** What it is, in words. */
  public String describe() {
    return gpu()
        .map(
            gpu ->
                String.format(
                    Locale.ROOT,
                    "cuda:%d, %s, CUDA %s, driver for CUDA %s",
                    index,
                    gpu.name(),
                    gpu.runtime(),
                    gpu.driver()))
        .orElseGet(() -> String.format(Locale.ROOT, "cpu, %d threads", torch.threads()));
  }

  /** An array of zeros. */
  public DeviceTensor allocate(DataType type, long... shape) {
    DeviceTensor tensor = new DeviceTensor(this, allocateUninitialized(type, shape), type, shape);
    tensor.fill(0);
    return tensor;
  }

  /** An array with the values of one of ND4J's, which must be row-major. */
  public DeviceTensor copyOf(INDArray array) {
    DeviceTensor tensor = allocate(array.dataType(), array.shape());
    tensor.copyFrom(array);
    return tensor;
  }

  private long allocateUninitialized(DataType type, long... shape) {
    if (!cuda) {
      return Handles.empty(false, 0, type, shape);
    }
    if (recordings) {
      requireRoom(type, shape);
    }
    CudaRuntime.use(0, index);
    try {
      return Handles.empty(true, index, type, shape);
    } finally {
      use();
    }
  }

  /**
   * An allocation that fails makes libtorch's allocator give back the blocks that are free, among
   * them those that recorded steps use.
   */
  private static void requireRoom(DataType type, long... shape) {
    long bytes = type.width();
    for (long extent : shape) {
      bytes *= extent;
    }
    long free = CudaRuntime.memory()[0];
    if (bytes > free) {
      throw new OutOfDeviceMemoryException(bytes, free);
    }
  }

  /** Sends what this thread gives to libtorch to this device's stream. */
  public void use() {
    if (cuda) {
      CudaRuntime.use(stream, index);
    }
  }

  /** Waits until everything that the device was given has been done. */
  public void synchronize() {
    if (cuda) {
      CudaRuntime.synchronize(stream);
    }
  }

  /** A device's memory that is free, in bytes; the CPU's is not told. */
  public long freeMemory() {
    return cuda ? CudaRuntime.memory()[0] : -1;
  }

  /** All memory of a device, in bytes; the CPU's is not told. */
  public long allMemory() {
    return cuda ? CudaRuntime.memory()[1] : -1;
  }

  /**
   * Why a call failed on this device: before PyTorch 2.13 a failed call doesn't say so itself, but
   * that there is hardly any memory left does.
   */
  public ComputeException explained(TorchException failure) {
    if (!cuda) {
      return failure;
    }
    long[] memory = CudaRuntime.memory();
    boolean told = String.valueOf(failure.getMessage()).contains("out of memory");
    return told || memory[0] < memory[1] / SCARCE
        ? new OutOfDeviceMemoryException(memory[0], memory[1], failure)
        : failure;
  }

  /**
   * Says that what was given to the device may have made libtorch's allocator give back blocks that
   * are free, among them those that recorded steps use: it does that for want of memory, and after
   * cuDNN has timed its algorithms for a shape it didn't know. Recordings are stale then.
   */
  public void memoryMayHaveChanged() {
    memoryChanges++;
  }

  /**
   * Records what is given to the device instead of doing it.
   *
   * @throws org.samegan.torch.library.TorchException if that can't be done
   */
  public Recording record(Runnable work) {
    if (!cuda) {
      throw new UnsupportedOperationException("only work for GPUs can be recorded");
    }
    use();
    Recording recording = new Recording(CudaRuntime.capture(stream, work), this);
    recordings = true;
    return recording;
  }

  /** Work for a GPU that can be done again and again by one call. */
  public static final class Recording implements AutoCloseable {
    private final long executable;
    private final TorchDevice device;
    private final long madeAt;

    private Recording(long executable, TorchDevice device) {
      this.executable = executable;
      this.device = device;
      madeAt = device.memoryChanges;
    }

    /** Whether the memory that it uses may be another's by now: it must not be replayed then. */
    public boolean isStale() {
      return madeAt != device.memoryChanges;
    }

    /** Gives it to the device. */
    public void replay() {
      CudaRuntime.launch(executable, device.stream);
    }

    @Override
    public void close() {
      device.synchronize();
      CudaRuntime.destroy(executable);
    }
  }
}
