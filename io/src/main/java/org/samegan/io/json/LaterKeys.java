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
import java.util.List;
import java.util.Map;
import org.samegan.core.gan.Recognition;

/**
 * Keys that records of a model got after files without them had been written. Where one is missing
 * its value is null; where it is null it is not written, so that models from before have the same
 * bytes.
 */
final class LaterKeys extends BeanDeserializerModifier {
  private static final long serialVersionUID = 1L;

  /** By the record that has them. */
  private static final Map<Class<?>, List<String>> KEYS =
      Map.of(Recognition.class, List.of("few-labels"));

  @Override
  public JsonDeserializer<?> modifyDeserializer(
      DeserializationConfig config, BeanDescription record, JsonDeserializer<?> deserializer) {
    List<String> keys = KEYS.get(record.getBeanClass());
    return keys == null ? deserializer : new NullIfMissing(deserializer, keys);
  }

  private static final class NullIfMissing extends DelegatingDeserializer {
    private static final long serialVersionUID = 1L;

    private final List<String> keys;

    NullIfMissing(JsonDeserializer<?> deserializer, List<String> keys) {
      super(deserializer);
      this.keys = List.copyOf(keys);
    }

    @Override
    protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> deserializer) {
      return new NullIfMissing(deserializer, keys);
    }

    @Override
    public Object deserialize(JsonParser json, DeserializationContext context) throws IOException {
      if (!json.hasToken(JsonToken.START_OBJECT)) {
        return super.deserialize(json, context);
      }
      ObjectNode object = (ObjectNode) context.readTree(json);
      JsonFile.nullIfMissing(object, keys);
      try (JsonParser complete = new TreeTraversingParser(object, json.getCodec())) {
        complete.nextToken();
        return super.deserialize(complete, context);
      }
    }
  }
}
