package org.samegan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.samegan.io.checkpoint.Manifest;
import org.samegan.io.run.Run;
import org.samegan.io.run.RunRecord;

/** The schemas in {@code docs/schemas}, as anybody's validator would apply them. */
final class Schemas {
  static final Path DIRECTORY = Path.of("..", "docs", "schemas");

  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(
          SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(Schemas::read));

  static final Schema MODEL = at(DIRECTORY.resolve("model.schema.json"));
  static final Schema RUN = at(DIRECTORY.resolve("run.schema.json"));
  static final Schema MANIFEST = at(DIRECTORY.resolve("manifest.schema.json"));
  static final Schema EVALUATION = at(DIRECTORY.resolve("evaluation.schema.json"));
  static final Schema AUGMENT = at(DIRECTORY.resolve("augment.schema.json"));

  /** What a schema itself must satisfy; the validator has it built in. */
  static final Schema META =
      REGISTRY.getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));

  private Schemas() {}

  private static Schema at(Path file) {
    return REGISTRY.getSchema(SchemaLocation.of(file.toAbsolutePath().normalize().toUri() + ""));
  }

  /** A schema's text; null for what is no file. */
  private static String read(String place) {
    if (!place.startsWith("file:")) {
      return null;
    }
    try {
      return Files.readString(Path.of(URI.create(place)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is wrong with a JSON text; a format such as date-time counts too. */
  static List<Error> faults(Schema schema, String json) {
    return schema.validate(
        json,
        InputFormat.JSON,
        context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
  }

  /** Requires a file to satisfy its schema. */
  static void requireValid(Schema schema, Path file) {
    try {
      assertThat(faults(schema, Files.readString(file))).as("%s", file).isEmpty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Requires a run's record, and the manifests of all its checkpoints, to satisfy theirs. */
  static void requireValid(Path run) {
    requireValid(RUN, run.resolve(RunRecord.FILE));
    try {
      for (Path checkpoint : Run.open(run).checkpoints()) {
        requireValid(MANIFEST, checkpoint.resolve(Manifest.FILE));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
