package org.samegan.cli;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.samegan.core.Shape;
import org.samegan.core.training.Gan;
import org.samegan.io.json.Json;
import org.samegan.models.ImageFormat;
import org.samegan.models.PointVariant;
import org.samegan.models.Setting;
import org.samegan.models.Settings;
import org.samegan.models.Variant;

/**
 * A variant of one's own, of which there is nothing but a JSON file: networks, objective,
 * penalties, constraint and optimizers as {@code record.model} of a {@code run.json} has them.
 *
 * @param file where it came from
 * @param model what it describes
 */
record ModelFile(Path file, Gan model) implements Variant {
  private static final String SUFFIX = ".json";
  private static final long MAXIMUM_SIZE = 16 << 20;

  /** Whether {@code --variant} names a file. */
  static boolean isNamedBy(String variant) {
    return variant.endsWith(SUFFIX);
  }

  /**
   * Reads a file that holds a model, or is a run's {@code run.json}.
   *
   * @throws CommandException if it describes no model, with what is wrong and where
   * @throws IOException if it can't be read
   */
  static ModelFile read(Path file) throws IOException {
    if (Files.size(file) > MAXIMUM_SIZE) {
      throw new CommandException(file + ": is too large for a model");
    }
    try {
      JsonNode tree = Json.tree(Files.readAllBytes(file));
      JsonNode recorded = tree.path("record").path("model");
      return new ModelFile(file, Json.value(recorded.isMissingNode() ? tree : recorded, Gan.class));
    } catch (JsonProcessingException e) {
      throw new CommandException(
          String.format(
              "%s: describes no model: %s%s; take 'model' out of a run.json as a start",
              file, place(e), e.getOriginalMessage()),
          e);
    }
  }

  /** Where the text is no JSON; other faults have their path in the message. */
  private static String place(JsonProcessingException e) {
    return e instanceof JsonParseException
        ? String.format(
            "line %d, column %d: ", e.getLocation().getLineNr(), e.getLocation().getColumnNr())
        : "";
  }

  @Override
  public String name() {
    return file.toString();
  }

  @Override
  public String summary() {
    return model.variant();
  }

  @Override
  public List<Integer> sizes() {
    Shape shape = model.exampleShape();
    return shape.rank() == 3 ? List.of(shape.get(0)) : List.of();
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of();
  }

  @Override
  public Optional<PointVariant> onPoints() {
    return model.exampleShape().equals(PointVariant.POINT)
        ? Optional.of(new OnPoints())
        : Optional.empty();
  }

  /** The model itself, which makes points. */
  private final class OnPoints implements PointVariant {
    @Override
    public String name() {
      return ModelFile.this.name();
    }

    @Override
    public List<Setting<?>> settings() {
      return ModelFile.this.settings();
    }

    @Override
    public Gan gan(Map<String, ?> given) {
      return model;
    }
  }

  @Override
  public Gan gan(ImageFormat images, Settings settings) {
    if (onPoints().isPresent()) {
      throw new IllegalArgumentException(
          file + " makes points of the plane; choose --data toy:8gaussians or another of points");
    }
    if (!model.exampleShape().equals(images.shape())) {
      throw new IllegalArgumentException(
          String.format(
              "%s makes images of %s, but the data's are %s; choose --image-size and --channels, or"
                  + " change the model",
              file, model.exampleShape(), images.shape()));
    }
    if (model.pixelRange() == null) {
      throw new IllegalArgumentException(
          file
              + ": pixel-range must not be null where the data is images; set SIGNED_UNIT for a"
              + " generator with outputs from -1 to 1, UNIT for 0 to 1");
    }
    return model;
  }
}
