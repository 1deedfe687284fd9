package org.samegan.io.onnx;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import onnx.Onnx.ModelProto;
import onnx.Onnx.StringStringEntryProto;
import org.nd4j.shade.protobuf.CodedInputStream;
import org.nd4j.shade.protobuf.InvalidProtocolBufferException;
import org.nd4j.shade.protobuf.UnsafeByteOperations;
import org.samegan.io.file.EmbeddedChecksum;
import org.samegan.io.file.OffHeapFile;
import org.samegan.io.file.UnusableFileException;

/**
 * A model that {@link OnnxModel} wrote, read back and found whole. ONNX Runtime takes a damaged
 * weight for a weight, so the file is checked before it gets there.
 *
 * @param path of the file
 * @param metadata the model's properties, in their order, without the checksum
 */
public record OnnxFile(Path path, Map<String, String> metadata) {
  /** Keeps the order. */
  public OnnxFile {
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
  }

  /**
   * Reads a model's properties and checks its checksum.
   *
   * @throws UnusableFileException if the file is damaged, was changed, or is none of ours
   * @throws IOException if it can't be read
   */
  public static OnnxFile read(Path path) throws IOException {
    try (OffHeapFile file = OffHeapFile.read(path)) {
      return of(path, file.content());
    }
  }

  private static OnnxFile of(Path path, ByteBuffer content) throws IOException {
    Map<String, String> metadata = new LinkedHashMap<>();
    try {
      CodedInputStream stream = UnsafeByteOperations.unsafeWrap(content.slice()).newCodedInput();
      // The weights stay where they are.
      stream.enableAliasing(true);
      for (StringStringEntryProto property : ModelProto.parseFrom(stream).getMetadataPropsList()) {
        metadata.put(property.getKey(), property.getValue());
      }
    } catch (InvalidProtocolBufferException e) {
      throw new UnusableFileException(
          path, "protocol buffer", "an ONNX model", e.getMessage(), "export it again", e);
    }
    String expected = metadata.remove(OnnxModel.CHECKSUM);
    if (expected == null) {
      throw new UnusableFileException(
          path,
          "metadata",
          OnnxModel.CHECKSUM + ", as an exported model has it",
          metadata.keySet().toString(),
          "export the generator from its checkpoint; other models run in ONNX Runtime itself",
          null);
    }
    String found = EmbeddedChecksum.of(content, expected).orElse("no checksum");
    if (!found.equals(expected)) {
      throw new UnusableFileException(
          path,
          "SHA-256",
          expected,
          found,
          "the file is damaged or was changed: export it again",
          null);
    }
    return new OnnxFile(path, metadata);
  }

  /**
   * Loads it into ONNX Runtime.
   *
   * @param purpose what can't be done without ONNX Runtime, and what to do instead, for the error
   * @throws IOException if ONNX Runtime refuses the file, or is not on the class path or not made
   *     for this machine
   */
  public OnnxSession open(String purpose) throws IOException {
    return session(path, purpose);
  }

  /** Loads any model, of which nothing has been checked. */
  static OnnxSession session(Path path, String purpose) throws IOException {
    try {
      return OnnxSession.open(path);
    } catch (LinkageError e) {
      // Here, where nothing is ONNX Runtime's: a session's class can't even be loaded without.
      throw new IOException(
          String.format(
              Locale.ROOT,
              "ONNX Runtime is not available (%s), so %s; put com.microsoft.onnxruntime:onnxruntime"
                  + " on the class path",
              e,
              purpose),
          e);
    }
  }
}
