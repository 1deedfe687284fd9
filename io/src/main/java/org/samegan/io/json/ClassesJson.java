package org.samegan.io.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.samegan.core.data.Classes;

/** Classes in JSON: their number, or the list of their names. */
final class ClassesJson {
  private ClassesJson() {}

  static final class Writer extends StdSerializer<Classes> {
    private static final long serialVersionUID = 1L;

    Writer() {
      super(Classes.class);
    }

    @Override
    public void serialize(Classes value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      if (value.names().isEmpty()) {
        json.writeNumber(value.count());
      } else {
        json.writeArray(value.names().toArray(String[]::new), 0, value.count());
      }
    }
  }

  static final class Reader extends StdDeserializer<Classes> {
    private static final long serialVersionUID = 1L;

    Reader() {
      super(Classes.class);
    }

    @Override
    public Classes deserialize(JsonParser json, DeserializationContext context) throws IOException {
      boolean named = json.hasToken(JsonToken.START_ARRAY);
      if (!named && !json.hasToken(JsonToken.VALUE_NUMBER_INT)) {
        return context.reportInputMismatch(
            this, "must be a whole number or a list of names, found %s", json.currentToken());
      }
      String[] names = named ? context.readValue(json, String[].class) : new String[0];
      if (Stream.of(names).anyMatch(Objects::isNull)) {
        return context.reportInputMismatch(this, "a class's name must not be null");
      }
      try {
        return named ? Classes.named(List.of(names)) : Classes.of(json.getIntValue());
      } catch (IllegalArgumentException e) {
        return context.reportInputMismatch(this, "%s", e.getMessage());
      }
    }
  }
}
