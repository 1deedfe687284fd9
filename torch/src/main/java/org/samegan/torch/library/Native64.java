package org.samegan.torch.library;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;

/**
 * An array of 64-bit numbers outside the heap, which C functions read and write. It is given back
 * when it is no longer reachable: hold it as long as its address is in use.
 */
final class Native64 {
  private final Memory memory;
  private final long address;

  /** With these numbers; room for one at least. */
  Native64(long... values) {
    memory = new Memory(Math.max(8, 8L * values.length));
    memory.clear();
    memory.write(0, values, 0, values.length);
    address = Pointer.nativeValue(memory);
  }

  /** With room for so many numbers, at first 0. */
  static Native64 ofLength(int length) {
    return new Native64(new long[length]);
  }

  long address() {
    return address;
  }

  /** The address of one of the numbers. */
  long address(int index) {
    return address + 8L * index;
  }

  long get(int index) {
    return memory.getLong(8L * index);
  }

  /** The lower half of a number, for functions that leave 32 bits. */
  int getInt(int index) {
    return memory.getInt(8L * index);
  }

  void set(int index, long value) {
    memory.setLong(8L * index, value);
  }
}
