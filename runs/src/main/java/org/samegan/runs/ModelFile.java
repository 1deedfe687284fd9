package org.samegan.runs;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.samegan.core.Shape;
import org.samegan.core.data.ExampleForm;
import org.samegan.core.data.ExampleKind;
import org.samegan.core.gan.Gan;
import org.samegan.core.setting.Setting;
import org.samegan.core.setting.Settings;
import org.samegan.io.file.UnusableFileException;
import org.samegan.io.json.JsonFile;
import org.samegan.io.safetensors.SafetensorsFile;
import org.samegan.io.safetensors.WeightsFile;
import org.samegan.models.Variant;

/**
 * A variant of one's own, of which there is nothing but a file: networks, objective, penalties,
 * constraint and optimizers as {@code record.model} of a {@code run.json} has them.
 *
 * @param file where it came from
 * @param model what it describes
 */
record ModelFile(Path file, Gan model) implements Variant {
  private static final String SUFFIX = ".json";
  private static final String WEIGHTS = ".safetensors";
  private static final JsonFile FORMAT =
      JsonFile.plain("the description of a model", "take 'model' out of a run.json as a start");

  /** Whether a configuration's variant is a file. */
  static boolean isNamedBy(String variant) {
    return variant.endsWith(SUFFIX) || variant.endsWith(WEIGHTS);
  }

  /**
   * Reads a file that holds a model, is a run's {@code run.json} or a checkpoint's manifest, or
   * holds weights that were exported with their model.
   *
   * @throws UnusableFileException if it describes no model, with what is wrong and where
   * @throws IOException if it can't be read
   */
  static ModelFile read(Path file) throws IOException {
    if (file.toString().endsWith(WEIGHTS)) {
      return new ModelFile(file, WeightsFile.model(SafetensorsFile.read(file)));
    }
    JsonNode tree = FORMAT.read(file);
    JsonNode holder = tree.has("record") ? tree.path("record") : tree;
    return new ModelFile(
        file, FORMAT.value(file, holder.has("model") ? holder.path("model") : tree, Gan.class));
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
  public Set<ExampleKind> kinds() {
    return Set.of(ExampleKind.of(model.exampleShape()));
  }

  /** None are named: the images' shape is compared as a whole. */
  @Override
  public List<Integer> sizes() {
    Shape shape = model.exampleShape();
    return shape.rank() == 3 && shape.get(0) == shape.get(1) ? List.of(shape.get(0)) : List.of();
  }

  @Override
  public List<Setting<?>> settings(ExampleKind kind) {
    return List.of();
  }

  @Override
  public void requireKind(ExampleKind kind) {
    if (!kinds().contains(kind)) {
      ExampleKind own = kinds().iterator().next();
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s makes %s, but the data is %s; choose data of %s%s, or another model",
              file,
              own.plural(),
              kind.plural(),
              own.plural(),
              own == ExampleKind.POINTS ? ", such as toy:8gaussians" : ""));
    }
  }

  @Override
  public void requireSupport(ExampleForm form) {
    requireKind(form.kind());
    if (!model.exampleShape().equals(form.shape())) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s makes %s of %s, but the data's are %s; choose the options image-size and channels,"
                  + " or change the model",
              file,
              form.kind().plural(),
              model.exampleShape(),
              form.shape()));
    }
    if (form.kind() == ExampleKind.IMAGES && model.pixelRange() == null) {
      throw new IllegalArgumentException(
          file
              + ": pixel-range must not be null where the data is images; set SIGNED_UNIT for a"
              + " generator with outputs from -1 to 1, UNIT for 0 to 1");
    }
  }

  @Override
  public Gan gan(ExampleForm form, Settings settings) {
    return model;
  }
}
