package org.samegan.io.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import org.samegan.core.schedule.Schedule;

/** A schedule in JSON: a number where it doesn't change, else its text. */
final class ScheduleJson {
  private ScheduleJson() {}

  static final class Writer extends StdSerializer<Schedule> {
    private static final long serialVersionUID = 1L;

    Writer() {
      super(Schedule.class);
    }

    @Override
    public void serialize(Schedule value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      if (value instanceof Schedule.Constant constant) {
        json.writeNumber(constant.value());
      } else {
        json.writeString(value.text());
      }
    }
  }

  static final class Reader extends StdDeserializer<Schedule> {
    private static final long serialVersionUID = 1L;

    Reader() {
      super(Schedule.class);
    }

    @Override
    public Schedule deserialize(JsonParser json, DeserializationContext context)
        throws IOException {
      if (json.currentToken().isNumeric()) {
        return Schedule.constant(json.getDoubleValue());
      }
      if (!json.hasToken(JsonToken.VALUE_STRING)) {
        return context.reportInputMismatch(
            this, "must be a number or the text of a schedule, found %s", json.currentToken());
      }
      try {
        return Schedule.parse(json.getText());
      } catch (IllegalArgumentException e) {
        return context.reportInputMismatch(this, "%s", e.getMessage());
      }
    }
  }
}
