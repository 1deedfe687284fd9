package org.samegan.io.json;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.InvalidNullException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * How records become JSON and back: keys in kebab case, a {@code type} where there is a choice,
 * nothing unknown, missing, said twice or of the wrong type accepted, and null for what is {@link
 * NullAllowed} only. The same value always gives the same bytes.
 */
public final class Json {
  /** Far more than any model has, and few enough for the memory. */
  private static final int MAXIMUM_TOKENS = 1_000_000;

  /** A hundred blocks in each other; what walks down much deeper would exhaust the stack. */
  private static final int MAXIMUM_DEPTH = 256;

  /** Which programs on Windows put before a text; it means nothing in UTF-8. */
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private static final ObjectMapper MAPPER = mapper();
  private static final ObjectWriter WRITER = writer();

  private Json() {}

  /** The value as indented JSON in UTF-8, ending in a line feed. */
  public static byte[] write(Object value) {
    return (text(value) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /** The value as indented JSON. */
  public static String text(Object value) {
    try {
      return WRITER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("can't be written as JSON: " + value, e);
    }
  }

  /** The value as JSON on one line. */
  public static String line(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("can't be written as JSON: " + value, e);
    }
  }

  /**
   * The tree of a JSON text, which may begin with a byte order mark.
   *
   * @throws JsonProcessingException if it is no JSON, an object has a key twice, or it is nested
   *     too deeply or has too many values for any file of ours, with line and column
   */
  public static JsonNode tree(byte[] json) throws JsonProcessingException {
    String text = new String(json, StandardCharsets.UTF_8);
    return MAPPER.readTree(text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text);
  }

  /** The tree of a value. */
  public static JsonNode tree(Object value) {
    return MAPPER.valueToTree(value);
  }

  /**
   * The value of a tree.
   *
   * @throws JsonProcessingException if the tree is not of that type; its original message has the
   *     path of the fault, such as {@code recipe.penalties[0].target}
   */
  public static <T> T value(JsonNode tree, Class<T> type) throws JsonProcessingException {
    if (tree.isNull() || tree.isMissingNode()) {
      throw new JsonMappingException(null, "must be an object, found nothing");
    }
    try {
      return MAPPER.treeToValue(tree, type);
    } catch (JsonMappingException e) {
      throw new JsonMappingException(null, path(e) + fault(e), e);
    }
  }

  /** Without the names of Jackson's own settings. */
  private static String fault(JsonMappingException e) {
    String said = e.getOriginalMessage();
    if (e instanceof InvalidNullException) {
      return "must not be null";
    }
    return said.startsWith("Missing creator property") ? "is missing" : said;
  }

  /** Where the fault is, as a program would write it; nothing at the root. */
  private static String path(JsonMappingException e) {
    StringBuilder path = new StringBuilder();
    for (JsonMappingException.Reference step : e.getPath()) {
      if (step.getFieldName() == null) {
        path.append('[').append(step.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
      }
    }
    return path.isEmpty() ? "" : path.append(": ").toString();
  }

  private static ObjectMapper mapper() {
    JsonFactory factory =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(MAXIMUM_DEPTH)
                    .maxTokenCount(MAXIMUM_TOKENS)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    return JsonMapper.builder(factory)
        .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
        .defaultSetterInfo(JsonSetter.Value.construct(Nulls.FAIL, Nulls.FAIL))
        .withCoercionConfig(
            LogicalType.Textual,
            text -> {
              for (CoercionInputShape shape :
                  List.of(
                      CoercionInputShape.Integer,
                      CoercionInputShape.Float,
                      CoercionInputShape.Boolean)) {
                text.setCoercion(shape, CoercionAction.Fail);
              }
            })
        .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
        .addModule(new ModelTypes())
        .build();
  }

  private static ObjectWriter writer() {
    DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
    printer.indentObjectsWith(new DefaultIndenter("  ", "\n"));
    return MAPPER.writer(printer);
  }
}
