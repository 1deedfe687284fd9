package org.samegan.io.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.samegan.io.file.UnusableFileException;

class RunConfigReaderTest {
  @TempDir Path directory;

  @Test
  void whatIsNotSaidHasItsDefault() throws IOException {
    assertThat(read("{}")).isEqualTo(RunConfig.DEFAULTS);
    RunConfig config = read("{\"batch\": 16, \"steps\": 100}");
    assertThat(config.get(RunOptions.BATCH)).isEqualTo(16);
    assertThat(config.get(RunOptions.STEPS)).isEqualTo(100);
    assertThat(config.get(RunOptions.EPOCHS)).as("the default number of epochs gives way").isNull();
    assertThat(config.get(RunOptions.SEED)).isEqualTo(42);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{\"bacth\": 3}; unknown key 'bacth'; did you mean 'batch'",
        "{\"batch\": 0}; batch must be a whole number of at least 1; found '0'",
        "{\"batch\": \"64\"}; batch must be a whole number; found '\"64\"'",
        "{\"batch\": 1.5}; batch must be a whole number; found '1.5'",
        "{\"d-steps\": 0}; d-steps must be a whole number of at least 1; found '0'",
        "{\"channels\": 4}; channels must be 1 or 3; found '4'",
        "{\"seed\": 1e30}; seed must be a whole number; found '1.0E30'",
        "{\"device\": \"tpu\"}; device must be one of auto, cpu, gpu; found 'tpu'",
        "{\"skip-bad\": 1}; skip-bad must be true or false; found '1'",
        "{\"ema\": 1}; ema must be a number at least 0 and below 1; found '1'",
        "{\"ema\": \"much\"}; ema must be a number; found 'much'",
        "{\"settings\": []}; 'settings' must be an object; found []",
        "{\"steps\": 3, \"epochs\": 4}; either 'epochs' or 'steps'; not both",
        "{\"epochs\": null}; 'epochs' and 'steps'; must not both be null",
        "{\"batch\": null}; batch must be; found 'null'",
        "{\"settings\": {\"width\": null}}; settings.width must be; found null",
        "{\"batch\": 3, \"batch\": 4}; line 1, column; Duplicate field 'batch'",
        "{\"batch\": 3; line 1, column; Unexpected end",
        "[]; expected a JSON object; found something else",
      })
  void namesTheFault(String json, String first, String second) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOf(UnusableFileException.class)
        .hasMessageContaining("config.json")
        .hasMessageContaining(first)
        .hasMessageContaining(second);
  }

  private RunConfig read(String json) throws IOException {
    return RunConfigReader.read(Files.writeString(directory.resolve("config.json"), json));
  }
}
