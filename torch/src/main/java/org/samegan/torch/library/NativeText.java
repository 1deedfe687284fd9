package org.samegan.torch.library;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.nio.charset.StandardCharsets;

/** A text outside the heap, ended by a zero byte; hold it as long as its address is in use. */
final class NativeText {
  private final Memory memory;

  NativeText(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    memory = new Memory(bytes.length + 1L);
    memory.write(0, bytes, 0, bytes.length);
    memory.setByte(bytes.length, (byte) 0);
  }

  long address() {
    return Pointer.nativeValue(memory);
  }
}
