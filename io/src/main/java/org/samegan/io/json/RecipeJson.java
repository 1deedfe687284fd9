package org.samegan.io.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.samegan.core.gan.LittleData;
import org.samegan.core.gan.Recipe;

/** A recipe in JSON: nothing is said of little data where nothing is done about it. */
final class RecipeJson {
  private static final String LITTLE_DATA = "little-data";

  private RecipeJson() {}

  /** What a {@link Recipe} says only where there is something to say. */
  interface Optionals {
    @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = NothingDone.class)
    LittleData littleData();
  }

  /** Equal to what is left out, as Jackson asks for it. */
  static final class NothingDone {
    @Override
    public boolean equals(Object other) {
      return LittleData.NONE.equals(other);
    }

    @Override
    public int hashCode() {
      return LittleData.NONE.hashCode();
    }
  }

  /** Has recipes read by a reader that puts in what was left out. */
  static final class Modifier extends BeanDeserializerModifier {
    private static final long serialVersionUID = 1L;

    @Override
    public JsonDeserializer<?> modifyDeserializer(
        DeserializationConfig config, BeanDescription type, JsonDeserializer<?> reader) {
      return type.getBeanClass() == Recipe.class ? new Reader(reader) : reader;
    }
  }

  private static final class Reader extends DelegatingDeserializer {
    private static final long serialVersionUID = 1L;

    Reader(JsonDeserializer<?> reader) {
      super(reader);
    }

    @Override
    protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> reader) {
      return new Reader(reader);
    }

    @Override
    public Object deserialize(JsonParser json, DeserializationContext context) throws IOException {
      JsonNode tree = context.readTree(json);
      if (tree instanceof ObjectNode recipe && !recipe.has(LITTLE_DATA)) {
        recipe.set(LITTLE_DATA, Json.tree(LittleData.NONE));
      }
      try (JsonParser complete = tree.traverse(json.getCodec())) {
        complete.nextToken();
        return super.deserialize(complete, context);
      }
    }
  }
}
