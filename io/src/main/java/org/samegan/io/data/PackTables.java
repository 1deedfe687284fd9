package org.samegan.io.data;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What follows the pixels of a packed file: labels, class names, images left out, the source's
 * path.
 */
final class PackTables {
  /**
   * What was left out.
   *
   * @param name as in the source
   * @param reason why
   */
  record Skipped(String name, String reason) {}

  private final int[] labels;
  private final List<String> classNames;
  private final List<Skipped> skipped;
  private final String source;

  PackTables(int[] labels, List<String> classNames, List<Skipped> skipped, String source) {
    this.labels = labels.clone();
    this.classNames = List.copyOf(classNames);
    this.skipped = List.copyOf(skipped);
    this.source = source;
  }

  /** Where the images came from when they were packed; they are known by the key, not by this. */
  String source() {
    return source;
  }

  int label(int index) {
    return labels[index];
  }

  List<String> classNames() {
    return classNames;
  }

  List<Skipped> skipped() {
    return skipped;
  }

  /** The labels as big-endian int32: what the fingerprint covers. */
  byte[] encodeLabels() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    for (int label : labels) {
      out.writeInt(label);
    }
    return bytes.toByteArray();
  }

  byte[] encode() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(encodeLabels());
    DataOutputStream out = new DataOutputStream(bytes);
    List<String> names = skipped.stream().map(Skipped::name).toList();
    List<String> reasons = skipped.stream().map(Skipped::reason).toList();
    for (List<String> strings : List.of(classNames, names, reasons, List.of(source))) {
      out.writeInt(strings.size());
      for (String string : strings) {
        byte[] text = string.getBytes(StandardCharsets.UTF_8);
        out.writeInt(text.length);
        out.write(text);
      }
    }
    return bytes.toByteArray();
  }

  /** Reads tables whose checksum has been found right. */
  static PackTables decode(byte[] bytes, int labelCount) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    int[] labels = new int[labelCount];
    for (int i = 0; i < labelCount; i++) {
      labels[i] = in.readInt();
    }
    List<String> classNames = readStrings(in);
    List<String> names = readStrings(in);
    List<String> reasons = readStrings(in);
    List<Skipped> skipped = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      skipped.add(new Skipped(names.get(i), reasons.get(i)));
    }
    return new PackTables(labels, classNames, skipped, readStrings(in).get(0));
  }

  private static List<String> readStrings(DataInputStream in) throws IOException {
    int count = in.readInt();
    List<String> strings = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      strings.add(new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8));
    }
    return strings;
  }
}
