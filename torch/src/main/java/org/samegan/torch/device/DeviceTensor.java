package org.samegan.torch.device;

import java.util.Arrays;
import java.util.Locale;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.samegan.torch.library.Handles;

/**
 * A row-major array in a device's memory, or a {@link #view} of a part of one. It is closed to give
 * the memory back, which goes when no view holds it any more.
 */
public final class DeviceTensor implements AutoCloseable {
  private final TorchDevice device;
  private final long handle;
  private final DataType type;
  private final long[] shape;
  private boolean closed;

  DeviceTensor(TorchDevice device, long handle, DataType type, long[] shape) {
    this.device = device;
    this.handle = handle;
    this.type = type;
    this.shape = shape.clone();
  }

  /** The device that it lives on. */
  public TorchDevice device() {
    return device;
  }

  /** The type of its elements. */
  public DataType type() {
    return type;
  }

  /** Its shape. */
  public long[] shape() {
    return shape.clone();
  }

  /** The number of elements. */
  public long length() {
    return Arrays.stream(shape).reduce(1, (a, b) -> a * b);
  }

  /**
   * The handle of the tensor, which stays this object's.
   *
   * @throws IllegalStateException if it has been closed
   */
  public long handle() {
    if (closed) {
      throw new IllegalStateException("the tensor has been closed");
    }
    return handle;
  }

  /**
   * A part of it under a shape of its own; what is written to one is seen in the other.
   *
   * @param offset of the first element, from 0
   * @throws IllegalArgumentException if the part reaches beyond the end
   */
  public DeviceTensor view(long offset, long... viewShape) {
    long elements = Arrays.stream(viewShape).reduce(1, (a, b) -> a * b);
    if (offset < 0 || offset + elements > length()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a view of %s from element %d on needs %d elements, the tensor has %d",
              Arrays.toString(viewShape),
              offset,
              offset + elements,
              length()));
    }
    return new DeviceTensor(device, Handles.view(handle(), offset, viewShape), type, viewShape);
  }

  /**
   * Takes over the values of an array of ND4J's, waiting until that is done.
   *
   * @param array row-major, of this type and number of elements
   */
  public void copyFrom(INDArray array) {
    device.use();
    long host = memoryOf(array);
    try {
      Handles.copy(handle(), host);
    } finally {
      Handles.free(host);
    }
    device.synchronize();
  }

  /** Takes over the values of a tensor of this type and shape, on any device. */
  public void copyFrom(DeviceTensor other) {
    device.use();
    Handles.copy(handle(), other.handle());
  }

  /**
   * Gives the values to an array of ND4J's, once everything that the device was given before has
   * been done.
   *
   * @param array row-major, of this type and number of elements
   */
  public void copyTo(INDArray array) {
    device.use();
    long host = memoryOf(array);
    try {
      Handles.copy(host, handle());
    } finally {
      Handles.free(host);
    }
    device.synchronize();
  }

  /** The values, in an array of ND4J's that the caller closes. */
  public INDArray toArray() {
    INDArray array = Nd4j.createUninitialized(type, shape, 'c');
    copyTo(array);
    return array;
  }

  /** Fills it with a number. */
  public void fill(double value) {
    device.use();
    Handles.fill(handle(), value);
  }

  private long memoryOf(INDArray array) {
    if (array.dataType() != type || array.length() != length() || array.ordering() != 'c') {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the tensor holds row-major %s of shape %s, found '%s' %s of shape %s",
              type,
              Arrays.toString(shape),
              array.ordering(),
              array.dataType(),
              Arrays.toString(array.shape())));
    }
    if (!isDense(array)) {
      throw new IllegalArgumentException("the array's elements don't lie one after another");
    }
    long address = array.data().address() + array.offset() * type.width();
    return Handles.fromMemory(address, type, shape);
  }

  /** Whether an array's elements lie one after another in row-major order. */
  private static boolean isDense(INDArray array) {
    long step = 1;
    for (int axis = array.rank() - 1; axis >= 0; axis--) {
      // Where there is only one element, ND4J's stride may be anything.
      if (array.size(axis) > 1 && array.stride(axis) != step) {
        return false;
      }
      step *= array.size(axis);
    }
    return true;
  }

  /** Gives it back; views of it stay. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      device.synchronize();
      Handles.free(handle);
    }
  }
}
