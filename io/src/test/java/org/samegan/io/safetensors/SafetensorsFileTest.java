package org.samegan.io.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.samegan.core.Shape;

class SafetensorsFileTest {
  private static final String TWO =
      "\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}";

  @TempDir Path directory;

  /** To the letter of the format's description, with bytes written by hand. */
  @Test
  void readsAFileByHand() throws IOException {
    ByteBuffer data = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
    data.putFloat(1.5f).putFloat(-2).putFloat(0x1p-149f);
    String header =
        "{\"b\":{\"data_offsets\":[8,12],\"shape\":[],\"dtype\":\"F32\"},\"__metadata__\":{\"k\":"
            + "\"\u00fc\"},"
            + TWO
            + "}  ";
    SafetensorsFile file =
        SafetensorsFile.read(RawFile.write(directory.resolve("f"), header, data.array()));
    assertThat(file.metadata()).containsExactly(Map.entry("k", "\u00fc"));
    assertThat(file.entries()).extracting(TensorEntry::name).containsExactly("a", "b");
    assertThat(file.entry("a").shape()).containsExactly(2L);
    assertThat(file.entry("b").shape()).isEmpty();
    assertThat(file.floats(file.entry("a"))).containsExactly(1.5f, -2);
    assertThat(file.floats(file.entry("b"))).containsExactly(0x1p-149f);
  }

  @Test
  void writesWhatTheFormatAsks() throws IOException, NoSuchAlgorithmException {
    Path path = directory.resolve("f");
    SafetensorsWriter.write(
        path,
        Map.of("key", "text"),
        List.of(
            new SafetensorsWriter.Tensor("x", Shape.of(1, 2), () -> new float[] {1, 2}),
            new SafetensorsWriter.Tensor("y", Shape.of(1), () -> new float[] {-0.5f})));
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(path)).order(ByteOrder.LITTLE_ENDIAN);
    int length = (int) bytes.getLong();
    assertThat(length % 8).isZero();
    String header = new String(bytes.array(), 8, length, StandardCharsets.UTF_8);
    assertThat(header)
        .matches(
            "\\{\"__metadata__\":\\{\"key\":\"text\",\"samegan.sha256\":\"[0-9a-f]{64}\"},"
                + "\"x\":\\{\"dtype\":\"F32\",\"shape\":\\[1,2],\"data_offsets\":\\[0,8]},"
                + "\"y\":\\{\"dtype\":\"F32\",\"shape\":\\[1],\"data_offsets\":\\[8,12]}} *");
    // As docs/safetensors.md has it: of the whole file with zeros in the digits' place.
    String text = new String(bytes.array(), StandardCharsets.ISO_8859_1);
    int digits = text.indexOf("\"samegan.sha256\":\"") + "\"samegan.sha256\":\"".length();
    String zeros = text.substring(0, digits) + "0".repeat(64) + text.substring(digits + 64);
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    assertThat(text.substring(digits, digits + 64))
        .isEqualTo(
            HexFormat.of().formatHex(digest.digest(zeros.getBytes(StandardCharsets.ISO_8859_1))));
    bytes.position(8 + length);
    assertThat(bytes.getFloat()).isEqualTo(1);
    assertThat(bytes.getFloat()).isEqualTo(2);
    assertThat(bytes.getFloat()).isEqualTo(-0.5f);
    assertThat(bytes.hasRemaining()).isFalse();
    assertThat(SafetensorsFile.read(path).metadata()).containsEntry("key", "text");
  }

  @Test
  void readsOtherFloatingPointTypesAsTheNearestFloat() throws IOException {
    ByteBuffer data = ByteBuffer.allocate(48).order(ByteOrder.LITTLE_ENDIAN);
    // Halves: 1, the largest, the least positive, -1.5; the values are IEEE 754's.
    data.putShort((short) 0x3c00).putShort((short) 0x7bff).putShort((short) 1);
    data.putShort((short) 0xbe00);
    // Bfloat16: 1, -2, the nearest to a third, the least positive.
    data.putShort((short) 0x3f80).putShort((short) 0xc000).putShort((short) 0x3eab);
    data.putShort((short) 1);
    // Doubles: a tie, which goes to the even float; one above it; too small; a plain one.
    data.putDouble(1 + 0x1p-24).putDouble(1 + 0x1p-24 + 0x1p-50).putDouble(1e-60).putDouble(0.1);
    String header =
        "{\"h\":{\"dtype\":\"F16\",\"shape\":[4],\"data_offsets\":[0,8]},"
            + "\"b\":{\"dtype\":\"BF16\",\"shape\":[4],\"data_offsets\":[8,16]},"
            + "\"d\":{\"dtype\":\"F64\",\"shape\":[4],\"data_offsets\":[16,48]}}";
    SafetensorsFile file =
        SafetensorsFile.read(RawFile.write(directory.resolve("f"), header, data.array()));
    assertThat(file.floats(file.entry("h"))).containsExactly(1, 65504, 0x1p-24f, -1.5f);
    assertThat(file.floats(file.entry("b"))).containsExactly(1, -2, 171 / 512f, 0x1p-133f);
    assertThat(file.floats(file.entry("d"))).containsExactly(1, 1 + 0x1p-23f, 0, 0.1f);
  }

  @Test
  void refusesValuesThatAreNoFiniteFloats() throws IOException {
    ByteBuffer data = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
    data.putFloat(1).putFloat(Float.NaN).putDouble(1e300).putLong(7);
    String header =
        "{"
            + TWO
            + ",\"big\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[8,16]}"
            + ",\"whole\":{\"dtype\":\"I64\",\"shape\":[1],\"data_offsets\":[16,24]}}";
    SafetensorsFile file =
        SafetensorsFile.read(RawFile.write(directory.resolve("f"), header, data.array()));
    assertThatThrownBy(() -> file.floats(file.entry("a")))
        .isInstanceOf(SafetensorsException.class)
        .hasMessageContaining("value 1 of 'a' is NaN");
    assertThatThrownBy(() -> file.floats(file.entry("big"))).hasMessageContaining("Infinity");
    assertThatThrownBy(() -> file.floats(file.entry("whole")))
        .hasMessageContaining("'whole' holds I64, and only F64, F32, F16 and BF16 can be read");
  }

  static Stream<Arguments> faultyHeaders() {
    String a = "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":";
    return Stream.of(
        Arguments.of("[1,2]", "'{'"),
        Arguments.of("{" + TWO, "JSON"),
        Arguments.of("{" + TWO + "} x", "JSON"),
        Arguments.of("{" + TWO + "}{}", "its end"),
        Arguments.of("{" + TWO + "," + TWO + "}", "a second"),
        Arguments.of("{\"__metadata__\":{},\"__metadata__\":{}," + TWO + "}", "a second"),
        Arguments.of("{\"__metadata__\":{\"k\":\"1\",\"k\":\"2\"}," + TWO + "}", "a second"),
        Arguments.of("{\"__metadata__\":{\"k\":1}," + TWO + "}", "VALUE_STRING"),
        Arguments.of("{\"__metadata__\":[]," + TWO + "}", "START_OBJECT"),
        Arguments.of("{\"a\":" + "[".repeat(100_000), "START_OBJECT"),
        Arguments.of("{\"a\":{\"dtype\":" + "{\"x\":".repeat(100_000), "VALUE_STRING"),
        Arguments.of(a + "[0,8],\"shape\":[2]}}", "a second"),
        Arguments.of(a + "[0,8],\"x\":1}}", "'x'"),
        Arguments.of(a + "[0,8,8]}}", "at most 2"),
        Arguments.of(a + "[0]}}", "two data_offsets"),
        Arguments.of(a + "[0,99999999999999999999]}}", "JSON"),
        Arguments.of(a + "[0,8.0]}}", "END_ARRAY"),
        Arguments.of(a + "[-8,8]}}", "at least 0"),
        Arguments.of(a + "[0,4]}}", "as many bytes"),
        Arguments.of(a + "[4,12]}}", "to begin at 0"),
        Arguments.of(a + "[0,16]}}", "within the data's 8 bytes"),
        Arguments.of(a + "[8,0]}}", "to begin at 0"),
        Arguments.of("{}", "8 more bytes"),
        Arguments.of("{" + TWO.replace("F32", "F33") + "}", "'F33'"),
        Arguments.of("{" + TWO.replace("[2]", "[2,9223372036854775807]") + "}", "as many bytes"),
        Arguments.of("{" + TWO.replace("[2]", "[" + "1,".repeat(64) + "2]") + "}", "at most 64"),
        Arguments.of("{" + TWO + "," + TWO.replace("\"a\"", "\"b\"") + "}", "to begin at 8"));
  }

  @ParameterizedTest
  @MethodSource("faultyHeaders")
  void refusesWhatTheFormatDoesNotAllow(String header, String message) {
    Path path = RawFile.write(directory.resolve("f"), header, new byte[8]);
    assertThatThrownBy(() -> SafetensorsFile.read(path))
        .isInstanceOf(SafetensorsException.class)
        .hasMessageContaining(path.toString())
        .hasMessageContaining("at byte")
        .hasMessageContaining(message);
  }

  @Test
  void refusesTextThatIsNoUtf8() {
    byte[] header = ("{" + TWO.replace("a", "\u00e4") + "}").getBytes(StandardCharsets.ISO_8859_1);
    Path path = RawFile.write(directory.resolve("f"), header.length, header, new byte[8]);
    assertThatThrownBy(() -> SafetensorsFile.read(path)).hasMessageContaining("UTF-8");
  }

  @Test
  void refusesLengthsThatTheFileDoesNotHave() {
    byte[] header = ("{" + TWO + "}").getBytes(StandardCharsets.UTF_8);
    for (long length :
        new long[] {
          0, 1, header.length + 9, 99_999_999, 100_000_001, 1L << 31, 1L << 62, -1, Long.MIN_VALUE
        }) {
      Path path = RawFile.write(directory.resolve("f"), length, header, new byte[8]);
      assertThatThrownBy(() -> SafetensorsFile.read(path))
          .isInstanceOf(SafetensorsException.class)
          .hasMessageContaining("the header's length")
          .hasMessageContaining(Long.toUnsignedString(length));
    }
  }

  @Test
  void refusesMoreNamesThanANetworkHas() {
    StringBuilder header = new StringBuilder("{\"__metadata__\":{");
    for (int i = 0; i < 70_000; i++) {
      header.append('"').append(i).append("\":\"\",");
    }
    Path path = RawFile.write(directory.resolve("f"), header + "\"x\":\"\"}}", new byte[0]);
    assertThatThrownBy(() -> SafetensorsFile.read(path)).hasMessageContaining("at most 65536");
  }

  @Test
  void saysThatThereIsNoFile() {
    assertThatThrownBy(() -> SafetensorsFile.read(directory.resolve("none")))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void refusesTwoTensorsOfOneNameAndValuesThatAreNotOfTheShape() {
    Path path = directory.resolve("f");
    SafetensorsWriter.Tensor x =
        new SafetensorsWriter.Tensor("x", Shape.of(1), () -> new float[] {1});
    SafetensorsWriter.Tensor wrong =
        new SafetensorsWriter.Tensor("x", Shape.of(2), () -> new float[] {1});
    assertThatThrownBy(() -> SafetensorsWriter.write(path, Map.of(), List.of(x, x)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SafetensorsWriter.write(path, Map.of(), List.of(wrong)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("needs 2 values, found 1");
    assertThat(path).doesNotExist();
  }
}
