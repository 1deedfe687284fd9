package org.samegan.io.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.samegan.core.Shape;
import org.samegan.io.file.UnusableFileException;
import org.samegan.io.inference.GeneratorLoader;

/** Files of other programs where weights are expected: read, or named for what they are. */
class ForeignFilesTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "version https://git-lfs.github.com/spec/v1 | pointer of Git LFS | git lfs pull",
        "PK\u0003\u0004 and more | torch.save | safetensors.torch.save_file",
        "\u0080\u0002}q\u0001 | torch.save | safetensors.torch.save_file",
        "<!DOCTYPE html><title>404 | page of HTML | download the file itself",
        "<HTML> | page of HTML | download the file itself",
        "'\u001f\u008b\b' | gzip | unpack it"
      })
  void areNamed(String start, String name, String advice) throws IOException {
    Path file = directory.resolve("w.safetensors");
    for (String content : new String[] {start, start + "\n".repeat(1000)}) {
      Files.write(file, content.getBytes(StandardCharsets.ISO_8859_1));
      assertThatThrownBy(() -> SafetensorsFile.read(file))
          .isInstanceOf(UnusableFileException.class)
          .hasMessageContainingAll("a safetensors file, found a", name, advice);
      assertThatThrownBy(() -> GeneratorLoader.load(file))
          .isInstanceOf(UnusableFileException.class)
          .hasMessageContainingAll("a generator exported as", name, advice);
    }
  }

  /** The length of its header is what begins a pickle. */
  @Test
  void aSafetensorsFileIsNotTakenForAnotherByItsLength() throws IOException {
    String header = "{\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]}}";
    String padded = header + " ".repeat(0x0280 - header.length());
    Path file = RawFile.write(directory.resolve("w"), padded, new byte[1]);
    assertThat(Files.readAllBytes(file)).startsWith(0x80, 0x02);
    assertThat(SafetensorsFile.read(file).entries()).hasSize(1);
  }

  @Test
  void typesThatAreNotReadAreKnown() throws IOException {
    String header =
        "{\"__metadata__\":null,"
            + "\"c\":{\"dtype\":\"C64\",\"shape\":[1],\"data_offsets\":[0,8]},"
            + "\"e\":{\"dtype\":\"F8_E8M0\",\"shape\":[2],\"data_offsets\":[8,10]},"
            + "\"f\":{\"dtype\":\"F4\",\"shape\":[4],\"data_offsets\":[10,12]},"
            + "\"g\":{\"dtype\":\"F6_E2M3\",\"shape\":[4],\"data_offsets\":[12,15]}}";
    SafetensorsFile file =
        SafetensorsFile.read(RawFile.write(directory.resolve("w"), header, new byte[15]));
    assertThat(file.metadata()).isEmpty();
    for (TensorEntry entry : file.entries()) {
      assertThatThrownBy(() -> file.floats(entry))
          .hasMessageContaining(
              "'%s' holds %s, and only F64, F32, F16 and BF16 can be read; convert it first",
              entry.name(), entry.type());
    }
    Path odd = directory.resolve("odd");
    RawFile.write(
        odd, header.replace("[4],\"data_offsets\":[12", "[3],\"data_offsets\":[12"), new byte[15]);
    assertThatThrownBy(() -> SafetensorsFile.read(odd)).hasMessageContaining("F6_E2M3 [3]");
  }

  /** Whoever changes weights elsewhere may keep our texts; the checksum is of the old file then. */
  @Test
  void ourTextsInAFileThatAnotherProgramSavedDoNoHarm() throws IOException {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("format", "pt");
    texts.put("samegan.step", "7");
    Path ours = directory.resolve("ours");
    SafetensorsWriter.write(
        ours,
        texts,
        List.of(
            new SafetensorsWriter.Tensor("b", Shape.of(1), () -> new float[] {1}),
            new SafetensorsWriter.Tensor("a", Shape.of(1), () -> new float[] {2})));
    String checksum = SafetensorsFile.read(ours).metadata().get(SafetensorsFile.CHECKSUM);
    // In the order that a hash table gives, as the reference implementation writes.
    String again =
        "{\"__metadata__\":{\"samegan.sha256\":\""
            + checksum
            + "\",\"samegan.step\":\"7\",\"format\":\"pt\"},"
            + "\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}";
    SafetensorsFile saved =
        SafetensorsFile.read(RawFile.write(directory.resolve("again"), again, new byte[4]));
    assertThat(saved.metadata()).containsEntry("samegan.step", "7");
    assertThat(saved.entries()).hasSize(1);
    assertThat(saved.isVerified()).isFalse();
    assertThat(SafetensorsFile.read(ours).isVerified()).isTrue();

    byte[] damaged = Files.readAllBytes(ours);
    damaged[damaged.length - 1] ^= 1;
    Files.write(ours, damaged);
    assertThatThrownBy(() -> SafetensorsFile.read(ours)).hasMessageContaining("SHA-256");
  }
}
