package org.samegan.io.json;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.samegan.core.Shape;
import org.samegan.core.augmentation.AugmentationControl;
import org.samegan.core.augmentation.Transformation;
import org.samegan.core.data.Classes;
import org.samegan.core.data.PixelRange;
import org.samegan.core.gan.DiscriminatorSteps;
import org.samegan.core.gan.FewLabels;
import org.samegan.core.gan.Gan;
import org.samegan.core.gan.Latent;
import org.samegan.core.gan.Recipe;
import org.samegan.core.gan.Recognition;
import org.samegan.core.layer.Initializer;
import org.samegan.core.layer.Layer;
import org.samegan.core.layer.Padding;
import org.samegan.core.objective.Constraint;
import org.samegan.core.objective.Objective;
import org.samegan.core.optimizer.Optimizer;
import org.samegan.core.random.Distribution;
import org.samegan.core.schedule.Schedule;
import org.samegan.core.schedule.Span;

/**
 * The types of a model's parts in JSON. Where an interface is sealed, a {@code type} names the
 * record: its simple name in kebab case, such as {@code conv-transpose2d}. Names are part of the
 * file format.
 */
final class ModelTypes extends SimpleModule {
  /** Where a {@code type} says which record it is. */
  static final List<Class<?>> CHOICES =
      List.of(
          Layer.class,
          Initializer.class,
          Padding.class,
          Objective.class,
          Constraint.class,
          Optimizer.class,
          Transformation.class,
          AugmentationControl.class,
          Distribution.class,
          Latent.Part.class);

  private static final long serialVersionUID = 1L;

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  private interface OneOfSeveral {}

  private abstract static class ShapeAsList {
    @JsonValue
    abstract List<Integer> dimensions();

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Shape of(List<Integer> dimensions) {
      return new Shape(dimensions);
    }
  }

  private abstract static class SpanAsText {
    @JsonValue
    abstract String text();

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Span parse(String text) {
      return Span.parse(text);
    }
  }

  /** What a {@link Gan} need not have. */
  interface GanNulls {
    @NullAllowed
    Recognition recognition();

    @NullAllowed
    PixelRange pixelRange();
  }

  /** What {@link Recognition} need not have, see {@link LaterKeys}. */
  interface RecognitionNulls {
    @NullAllowed
    @JsonInclude(JsonInclude.Include.NON_NULL)
    FewLabels fewLabels();
  }

  /** What {@link DiscriminatorSteps} need not have. */
  interface StepsNulls {
    @NullAllowed
    DiscriminatorSteps.Warmup warmup();
  }

  ModelTypes() {
    super("model");
    setMixInAnnotation(Shape.class, ShapeAsList.class);
    setMixInAnnotation(Span.class, SpanAsText.class);
    setMixInAnnotation(Gan.class, GanNulls.class);
    setMixInAnnotation(Recognition.class, RecognitionNulls.class);
    setMixInAnnotation(DiscriminatorSteps.class, StepsNulls.class);
    setMixInAnnotation(Recipe.class, RecipeJson.Optionals.class);
    addSerializer(Schedule.class, new ScheduleJson.Writer());
    addDeserializer(Schedule.class, new ScheduleJson.Reader());
    addSerializer(Classes.class, new ClassesJson.Writer());
    addDeserializer(Classes.class, new ClassesJson.Reader());
    setDeserializerModifier(new LaterKeys());
    CHOICES.forEach(this::addSealed);
  }

  private void addSealed(Class<?> type) {
    setMixInAnnotation(type, OneOfSeveral.class);
    records(type).forEach(record -> registerSubtypes(new NamedType(record, name(record))));
  }

  /** All records that a sealed interface permits, at any depth. */
  static Stream<Class<?>> records(Class<?> type) {
    return type.isRecord()
        ? Stream.of(type)
        : Stream.of(type.getPermittedSubclasses()).flatMap(ModelTypes::records);
  }

  /** A record's {@code type}. */
  static String name(Class<?> type) {
    return type.getSimpleName().replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
  }
}
