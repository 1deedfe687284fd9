package org.samegan.io.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TreeTraversingParser;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.samegan.core.gan.LittleData;
import org.samegan.core.gan.Recipe;
import org.samegan.core.gan.Recognition;

/**
 * Keys that records of a model got after files without them had been written. Where one is missing
 * it has the value that says nothing; that value is not written, so that models from before have
 * the same bytes.
 */
final class LaterKeys extends BeanDeserializerModifier {
  private static final long serialVersionUID = 1L;

  /** By the record that has them: the value of a missing key, if it isn't null. */
  private static final Map<Class<?>, Map<String, Optional<?>>> KEYS =
      Map.of(
          Recognition.class, Map.of("few-labels", Optional.empty()),
          Recipe.class, Map.of("little-data", Optional.of(LittleData.NONE)));

  @Override
  public JsonDeserializer<?> modifyDeserializer(
      DeserializationConfig config, BeanDescription record, JsonDeserializer<?> deserializer) {
    return KEYS.containsKey(record.getBeanClass())
        ? new Completing(deserializer, record.getBeanClass())
        : deserializer;
  }

  private static final class Completing extends DelegatingDeserializer {
    private static final long serialVersionUID = 1L;

    private final Class<?> record;

    Completing(JsonDeserializer<?> deserializer, Class<?> record) {
      super(deserializer);
      this.record = record;
    }

    @Override
    protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> deserializer) {
      return new Completing(deserializer, record);
    }

    @Override
    public Object deserialize(JsonParser json, DeserializationContext context) throws IOException {
      if (!json.hasToken(JsonToken.START_OBJECT)) {
        return super.deserialize(json, context);
      }
      ObjectNode object = (ObjectNode) context.readTree(json);
      KEYS.get(record)
          .forEach(
              (key, value) -> {
                if (!object.has(key)) {
                  object.set(key, Json.tree(value.orElse(null)));
                }
              });
      try (JsonParser complete = new TreeTraversingParser(object, json.getCodec())) {
        complete.nextToken();
        return super.deserialize(complete, context);
      }
    }
  }
}
