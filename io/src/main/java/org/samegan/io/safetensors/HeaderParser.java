package org.samegan.io.safetensors;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Reads a header token by token, since it may be anything: no tree is built, every name may come
 * once, and what a name must hold is known before it is read.
 */
final class HeaderParser {
  /** Far more than any network has; what a header of 100 MB could name would fill the memory. */
  private static final int MAXIMUM_NAMES = 1 << 16;

  /** As many axes as PyTorch allows. */
  private static final int MAXIMUM_RANK = 64;

  private static final String METADATA = "__metadata__";

  /** Names are met once: a table of them would only grow, and be open to collisions. */
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  private final Path path;
  private final JsonParser json;
  private final Map<String, String> metadata = new LinkedHashMap<>();
  private final Map<String, TensorEntry> entries = new LinkedHashMap<>();

  private HeaderParser(Path path, JsonParser json) {
    this.path = path;
    this.json = json;
  }

  /**
   * Reads a header.
   *
   * @param length of the data after it, in bytes, which the tensors must fill
   * @throws SafetensorsException for anything that the format doesn't allow
   */
  static HeaderParser parse(Path path, byte[] header, long length) throws IOException {
    // A decoder of its own refuses what is no UTF-8, and can't be talked into another encoding.
    Reader reader =
        new InputStreamReader(
            new ByteArrayInputStream(header), StandardCharsets.UTF_8.newDecoder());
    try (JsonParser json = JSON.createParser(reader)) {
      HeaderParser parser = new HeaderParser(path, json);
      try {
        parser.readHeader();
      } catch (JsonProcessingException e) {
        throw parser.fault("the header", "JSON", e.getOriginalMessage(), e);
      } catch (CharacterCodingException e) {
        throw parser.fault("the header", "UTF-8", "other bytes", e);
      }
      parser.requireContiguous(header.length, length);
      return parser;
    }
  }

  Map<String, String> metadata() {
    return metadata;
  }

  /** By name, in the order of the data. */
  Map<String, TensorEntry> entries() {
    return entries;
  }

  private void readHeader() throws IOException {
    require(json.nextToken(), JsonToken.START_OBJECT, "the header");
    boolean hasMetadata = false;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      if (name.equals(METADATA)) {
        requireFirst(!hasMetadata, name);
        hasMetadata = true;
        readMetadata();
      } else {
        requireFirst(!entries.containsKey(name), name);
        requireRoom(entries);
        entries.put(name, readEntry(name));
      }
    }
    require(json.currentToken(), JsonToken.END_OBJECT, "the header");
    if (json.nextToken() != null) {
      throw fault("the header", "its end", "more JSON", null);
    }
  }

  private void readMetadata() throws IOException {
    if (json.nextToken() == JsonToken.VALUE_NULL) {
      return; // as the reference implementation reads and some writers write no metadata
    }
    require(json.currentToken(), JsonToken.START_OBJECT, METADATA);
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String key = json.currentName();
      requireFirst(!metadata.containsKey(key), METADATA + " " + key);
      requireRoom(metadata);
      require(json.nextToken(), JsonToken.VALUE_STRING, METADATA + " " + key);
      metadata.put(key, json.getText());
    }
    require(json.currentToken(), JsonToken.END_OBJECT, METADATA);
  }

  private TensorEntry readEntry(String name) throws IOException {
    ElementType type = null;
    List<Long> shape = null;
    List<Long> offsets = null;
    Set<String> seen = new HashSet<>();
    require(json.nextToken(), JsonToken.START_OBJECT, name);
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String key = json.currentName();
      requireFirst(seen.add(key), name + " " + key);
      switch (key) {
        case "dtype" -> type = readType(name);
        case "shape" -> shape = readNumbers(name + " shape", MAXIMUM_RANK);
        case "data_offsets" -> offsets = readNumbers(name + " data_offsets", 2);
        default -> throw fault(name, "dtype, shape and data_offsets", "'" + key + "'", null);
      }
    }
    require(json.currentToken(), JsonToken.END_OBJECT, name);
    if (type == null || shape == null || offsets == null || offsets.size() != 2) {
      throw fault(name, "dtype, shape and two data_offsets", "only " + seen, null);
    }
    return new TensorEntry(name, type, shape, offsets.get(0), offsets.get(1));
  }

  private ElementType readType(String name) throws IOException {
    require(json.nextToken(), JsonToken.VALUE_STRING, name + " dtype");
    try {
      return ElementType.valueOf(json.getText());
    } catch (IllegalArgumentException e) {
      throw fault(
          name + " dtype",
          "one of " + List.of(ElementType.values()),
          "'" + shortened(json.getText()) + "'",
          e);
    }
  }

  private List<Long> readNumbers(String what, int most) throws IOException {
    List<Long> numbers = new ArrayList<>();
    require(json.nextToken(), JsonToken.START_ARRAY, what);
    while (json.nextToken() == JsonToken.VALUE_NUMBER_INT) {
      // Too large a number is a JsonProcessingException.
      long number = json.getLongValue();
      if (number < 0) {
        throw fault(what, "numbers of at least 0", String.valueOf(number), null);
      }
      if (numbers.size() == most) {
        throw fault(what, "at most " + most + " numbers", "more", null);
      }
      numbers.add(number);
    }
    require(json.currentToken(), JsonToken.END_ARRAY, what);
    return numbers;
  }

  /** Every byte of the data belongs to one tensor, so that nothing hides and nothing is shared. */
  private void requireContiguous(int header, long length) throws SafetensorsException {
    List<TensorEntry> sorted = new ArrayList<>(entries.values());
    sorted.sort(Comparator.comparingLong(TensorEntry::begin).thenComparingLong(TensorEntry::end));
    entries.clear();
    long at = 0;
    for (TensorEntry entry : sorted) {
      long place = SafetensorsFile.PREFIX + header + at;
      if (entry.begin() != at || entry.end() < at || entry.end() > length) {
        throw new SafetensorsException(
            path,
            place,
            "data_offsets of '" + shortened(entry.name()) + "'",
            String.format(
                Locale.ROOT, "to begin at %d and to end within the data's %d bytes", at, length),
            entry.begin() + " to " + entry.end(),
            null);
      }
      if (size(entry) != entry.end() - entry.begin()) {
        throw new SafetensorsException(
            path,
            place,
            "data_offsets of '" + shortened(entry.name()) + "'",
            String.format(Locale.ROOT, "as many bytes as %s %s has", entry.type(), entry.shape()),
            String.valueOf(entry.end() - entry.begin()),
            null);
      }
      at = entry.end();
      entries.put(entry.name(), entry);
    }
    if (at != length) {
      throw new SafetensorsException(
          path,
          SafetensorsFile.PREFIX + header + at,
          "the end of the file",
          "the last tensor's end",
          (length - at) + " more bytes",
          null);
    }
  }

  /** In bytes; -1 if that is no whole number, or more than a long holds. */
  private static long size(TensorEntry entry) {
    long bits = entry.type().bits();
    for (long extent : entry.shape()) {
      if (extent != 0 && bits > Long.MAX_VALUE / extent) {
        return -1;
      }
      bits *= extent;
    }
    return bits % Byte.SIZE == 0 ? bits / Byte.SIZE : -1;
  }

  private void require(JsonToken found, JsonToken expected, String what) throws IOException {
    if (found != expected) {
      throw fault(what, expected.toString(), found == null ? "the end" : found.toString(), null);
    }
  }

  private void requireFirst(boolean first, String what) throws IOException {
    if (!first) {
      throw fault(what, "one of that name", "a second", null);
    }
  }

  private void requireRoom(Map<?, ?> names) throws IOException {
    if (names.size() == MAXIMUM_NAMES) {
      throw fault("the header", "at most " + MAXIMUM_NAMES + " names", "more", null);
    }
  }

  private SafetensorsException fault(String what, String expected, String found, Throwable cause) {
    long offset = SafetensorsFile.PREFIX + Math.max(0, json.currentLocation().getCharOffset());
    return new SafetensorsException(path, offset, shortened(what), expected, found, cause);
  }

  /** A name out of a damaged file may be as long as the file. */
  private static String shortened(String text) {
    return text.length() <= 100 ? text : text.substring(0, 100) + "...";
  }
}
