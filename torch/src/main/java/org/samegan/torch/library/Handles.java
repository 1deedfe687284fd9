package org.samegan.torch.library;

import com.sun.jna.Pointer;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * What can be done with a handle of a tensor, a long. A handle holds its tensor, and the tensor its
 * memory, until it is {@link #free freed}; views hold the memory too. Handles that are not freed
 * are counted.
 */
public final class Handles {
  private static final AtomicLong LIVE = new AtomicLong();
  private static final ThreadLocal<Native64> RESULT =
      ThreadLocal.withInitial(() -> Native64.ofLength(2));

  /** ND4J's arrays have no more. */
  private static final int MOST_AXES = 32;

  /** Of the thread, because a step copies in and out, and what it would allocate is freed late. */
  private static final ThreadLocal<Native64> EXTENTS =
      ThreadLocal.withInitial(() -> Native64.ofLength(2 * MOST_AXES));

  private Handles() {}

  /** How many handles of this process have not been freed. */
  public static long live() {
    return LIVE.get();
  }

  /** Counts a handle that a call has made. */
  static long made(long handle) {
    LIVE.incrementAndGet();
    return handle;
  }

  private static long made(int code, Native64 result, String call) {
    TorchException.check(code, call);
    return made(result.get(0));
  }

  /** Frees a handle. */
  public static void free(long handle) {
    LIVE.decrementAndGet();
    TorchException.check(TorchFunctions.deleteTensor(handle), "to free a tensor");
  }

  /**
   * A tensor in memory of the CPU's that the caller owns and keeps.
   *
   * @param address of the first element; the elements are in row-major order
   */
  public static long fromMemory(long address, DataType type, long... shape) {
    Native64 extents = rowMajor(shape);
    Native64 result = RESULT.get();
    int code =
        TorchFunctions.fromBlob(
            address,
            shape.length,
            extents.address(),
            extents.address(shape.length),
            0,
            typeCode(type),
            TorchFunctions.deviceTypeCpu(),
            0,
            result.address());
    return made(code, result, "memory as a tensor");
  }

  /**
   * A row-major tensor of memory of its own, whatever is in it.
   *
   * @param cuda whether it lies on a GPU, else on the CPU
   * @param device the GPU's number
   */
  public static long empty(boolean cuda, int device, DataType type, long... shape) {
    Native64 extents = rowMajor(shape);
    Native64 result = RESULT.get();
    int code =
        TorchFunctions.emptyStrided(
            shape.length,
            extents.address(),
            extents.address(shape.length),
            typeCode(type),
            cuda ? TorchFunctions.deviceTypeCuda() : TorchFunctions.deviceTypeCpu(),
            cuda ? device : 0,
            result.address());
    return made(code, result, "memory for a tensor");
  }

  /**
   * A row-major view of a part of a row-major tensor.
   *
   * @param offset of the view's first element, in elements
   */
  public static long view(long tensor, long offset, long... shape) {
    Native64 extents = rowMajor(shape);
    Native64 result = RESULT.get();
    int code =
        TorchFunctions.reinterpret(
            tensor,
            shape.length,
            extents.address(),
            extents.address(shape.length),
            offset,
            result.address());
    return made(code, result, "a view of a tensor");
  }

  /** Copies values between tensors of one shape, on any devices. */
  public static void copy(long to, long from) {
    TorchException.check(TorchFunctions.copy(to, from, 0), "to copy a tensor");
  }

  /** Fills a tensor with a number. */
  public static void fill(long tensor, double value) {
    TorchException.check(TorchFunctions.fill(tensor, value), "to fill a tensor");
  }

  /** A new tensor of a - factor b. */
  public static long subtract(long a, long b, double factor) {
    Native64 result = RESULT.get();
    return made(
        TorchFunctions.subtract(a, b, factor, result.address()), result, "aten::subtract.Tensor");
  }

  /** The shape of a tensor. */
  public static long[] shape(long tensor) {
    Native64 result = RESULT.get();
    TorchException.check(TorchFunctions.dimensions(tensor, result.address()), "a tensor's rank");
    int rank = (int) result.get(0);
    TorchException.check(TorchFunctions.sizes(tensor, result.address()), "a tensor's shape");
    return rank == 0 ? new long[0] : new Pointer(result.get(0)).getLongArray(0, rank);
  }

  /** Where the first element of a tensor lies in its device's memory. */
  public static long address(long tensor) {
    Native64 result = RESULT.get();
    TorchException.check(TorchFunctions.data(tensor, result.address()), "a tensor's address");
    return result.get(0);
  }

  /** The size of an element of a tensor, of a type that {@link #typeCode} knows, in bytes. */
  public static int elementBytes(long tensor) {
    Native64 result = RESULT.get();
    TorchException.check(TorchFunctions.type(tensor, result.address()), "a tensor's type");
    for (DataType type : List.of(DataType.FLOAT, DataType.DOUBLE, DataType.BFLOAT16)) {
      if (typeCode(type) == result.getInt(0)) {
        return type.width();
      }
    }
    return 1;
  }

  /** How libtorch numbers a type of elements: floats, doubles and booleans. */
  public static int typeCode(DataType type) {
    return switch (type) {
      case FLOAT -> TorchFunctions.float32();
      case DOUBLE -> TorchFunctions.float64();
      case BFLOAT16 -> TorchFunctions.bfloat16();
      case BOOL -> TorchFunctions.bool();
      default ->
          throw new IllegalArgumentException(
              "tensors of FLOAT, DOUBLE, BFLOAT16 and BOOL are supported, found " + type);
    };
  }

  /** The extents, and then the strides in elements. */
  private static Native64 rowMajor(long[] shape) {
    Native64 extents = EXTENTS.get();
    long step = 1;
    for (int i = shape.length - 1; i >= 0; i--) {
      extents.set(i, shape[i]);
      extents.set(shape.length + i, step);
      step *= shape[i];
    }
    return extents;
  }
}
