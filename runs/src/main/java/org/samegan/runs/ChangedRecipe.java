package org.samegan.runs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.samegan.core.data.ExampleForm;
import org.samegan.core.gan.Gan;
import org.samegan.core.gan.Recipe;
import org.samegan.core.training.RawVector;
import org.samegan.io.run.RecipeChange;
import org.samegan.io.run.RunConfig;
import org.samegan.io.run.RunOption;
import org.samegan.io.run.RunOptions;
import org.samegan.io.run.RunRecord;

/** Changes what a run is trained with, for the steps to come. */
final class ChangedRecipe {
  private ChangedRecipe() {}

  /**
   * What a run's record is to say.
   *
   * @param record what it says now
   * @param step the steps so far, after which the change holds
   * @throws IllegalArgumentException if there is no such setting, a value is not allowed, or what
   *     training knows is of no use to the changed recipe
   */
  static RunRecord in(RunRecord record, long step, Continuation changes) throws IOException {
    RunConfig config = record.config();
    for (Map.Entry<String, Object> option : changes.options().entrySet()) {
      if (changes.use(option.getKey()) == RunOption.Use.RECIPE) {
        config = config.with(option.getKey(), option.getValue());
      }
    }
    for (Map.Entry<String, Object> setting : changes.settings().entrySet()) {
      config = config.withSetting(setting.getKey(), setting.getValue());
    }
    if (config.equals(record.config())) {
      return record;
    }
    RunPlan plan = plan(config, record.model());
    ExampleForm form = new ExampleForm(record.model().exampleShape(), record.data().classes());
    Gan gan = plan.gan(form, record.data().examples());
    requireUnchanged(gan.hasNetworksOf(plan(record.config(), record.model()).gan(form)));
    long length = Timetable.of(config, gan, record.data().examples()).lastStep();
    // The run's own networks: another version's variant may make others.
    Gan changed = record.model().withRecipe(gan.recipe().over(length));
    requireUnchanged(hasSameState(record.model(), changed));
    Map<String, Object> before = new LinkedHashMap<>();
    Map<String, Object> after = new LinkedHashMap<>();
    Map<String, Object> was = flat(record.config());
    flat(plan.config())
        .forEach(
            (key, value) -> {
              // A setting that the run is too old to have is no change.
              boolean named = was.containsKey(key) || changes.settings().containsKey(key);
              if (named && !value.equals(was.get(key))) {
                after.put(key, value);
                if (was.containsKey(key)) {
                  before.put(key, was.get(key));
                }
              }
            });
    return record.changed(
        new RecipeChange(step, before, after, record.model().recipe()), plan.config(), changed);
  }

  /** What is said of options and settings together. */
  private static Map<String, Object> flat(RunConfig config) {
    Map<String, Object> all = new LinkedHashMap<>();
    Map<String, Object> options = config.toMap();
    for (RunOption<?> option : RunOptions.all()) {
      Object value = options.get(option.key());
      if (option.use() == RunOption.Use.RECIPE && value != null) {
        all.put(option.key(), value);
      }
    }
    all.putAll(config.settings());
    return all;
  }

  /** The run has the model of a file in its record; the file may have changed since. */
  private static RunPlan plan(RunConfig config, Gan recorded) throws IOException {
    String variant = config.get(RunOptions.VARIANT);
    return ModelFile.isNamedBy(variant)
        ? RunPlan.of(config, new ModelFile(Path.of(variant), recorded))
        : RunPlan.of(config);
  }

  /** Whether what training knows is of use to the changed recipe. */
  private static boolean hasSameState(Gan before, Gan after) {
    Recipe was = before.recipe();
    Recipe is = after.recipe();
    return was.generatorOptimizer().stateNames().equals(is.generatorOptimizer().stateNames())
        && was.discriminatorOptimizer()
            .stateNames()
            .equals(is.discriminatorOptimizer().stateNames())
        && RawVector.of(before).equals(RawVector.of(after))
        && was.littleData().augmentation().adapts() == is.littleData().augmentation().adapts()
        && was.littleData().leCam().enabled() == is.littleData().leCam().enabled()
        && was.discriminatorSteps().equals(is.discriminatorSteps());
  }

  private static void requireUnchanged(boolean unchanged) {
    if (!unchanged) {
      throw new IllegalArgumentException(
          "what is trained can't be changed in a run, nor the kind of optimizer, nor whether weights"
              + " are averaged, augmentation adapts or LeCam penalises, nor the discriminator's steps:"
              + " only numbers of the recipe can; start a new run");
    }
  }
}
