package org.samegan.io.onnx;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;

/** A model's file in memory. */
final class OnnxBytes {
  private OnnxBytes() {}

  static byte[] of(OnnxModel model, String version) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    model.write(version, Channels.newChannel(bytes));
    return bytes.toByteArray();
  }
}
