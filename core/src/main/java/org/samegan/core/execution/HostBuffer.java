package org.samegan.core.execution;

import java.nio.FloatBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Writes and reads a row-major float array from Java. On the CPU that is the array's own memory;
 * for a device what is written is staged, and {@link #flush} sends it.
 */
public final class HostBuffer {
  private final INDArray array;
  private final FloatBuffer floats;
  private final boolean staged;

  /** For an array, which is used as long as the buffer. */
  public HostBuffer(INDArray array) {
    this.array = array;
    staged = !Nd4j.getExecutioner().getClass().getName().contains(".nativecpu.");
    floats = staged ? FloatBuffer.allocate((int) array.length()) : ownMemory(array);
  }

  private static FloatBuffer ownMemory(INDArray array) {
    FloatBuffer memory = array.data().asNioFloat();
    return memory.slice(memory.position(), (int) array.length());
  }

  /** The array's values from the first on, with room for all of them. */
  public FloatBuffer floats() {
    return floats.clear();
  }

  /** Copies the array's first values, as ops left them, into the buffer's remaining room. */
  public void read(FloatBuffer into) {
    FloatBuffer source = staged ? FloatBuffer.wrap(array.data().asFloat()) : floats();
    into.put(source.limit(into.remaining()));
  }

  /** Makes what was written visible to ops. */
  public void flush() {
    if (staged) {
      array.assign(Nd4j.createFromArray(floats.array()).reshape(array.shape()));
    }
  }
}
