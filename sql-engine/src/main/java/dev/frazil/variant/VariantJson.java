package dev.frazil.variant;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * JSON text to a variant, with what Spark's {@code parse_json} chooses: whole numbers in the fewest
 * bytes, numbers with a point and without exponent as decimals where 38 digits hold them, others as
 * doubles. Text that is no JSON, and a name twice in one object, are 22032.
 */
public final class VariantJson {
  private static final int SHOWN_CHARACTERS = 60;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(VariantLimits.MAX_DEPTH)
                  .maxStringLength(VariantLimits.MAX_BYTES)
                  .build())
          .build();

  private VariantJson() {}

  /** The bytes of the variant: its dictionary, then its value. */
  public static byte[] parse(String text) {
    VariantBuilder builder = new VariantBuilder();
    try (JsonParser parser = FACTORY.createParser(text)) {
      if (parser.nextToken() == null) {
        throw notJson(text, "the text is empty", null);
      }
      append(parser, builder, text);
      if (parser.nextToken() != null) {
        throw notJson(text, "more follows the value", null);
      }
    } catch (JsonProcessingException e) {
      throw notJson(text, e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw EngineException.internal("reading JSON from memory", e);
    }
    return builder.build();
  }

  private static void append(JsonParser parser, VariantBuilder builder, String text)
      throws IOException {
    JsonToken token = parser.currentToken();
    switch (token) {
      case VALUE_NULL -> builder.appendNull();
      case VALUE_TRUE, VALUE_FALSE -> builder.appendBoolean(token == JsonToken.VALUE_TRUE);
      case VALUE_STRING -> builder.appendText(parser.getText());
      case VALUE_NUMBER_INT -> {
        if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
          appendNumber(parser, builder);
        } else {
          builder.appendInteger(parser.getLongValue());
        }
      }
      case VALUE_NUMBER_FLOAT -> appendNumber(parser, builder);
      case START_ARRAY -> appendArray(parser, builder, text);
      case START_OBJECT -> appendObject(parser, builder, text);
      case END_ARRAY, END_OBJECT, FIELD_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
          throw notJson(text, "there is no value", null);
    }
  }

  private static void appendNumber(JsonParser parser, VariantBuilder builder) throws IOException {
    String digits = parser.getText();
    if (digits.length() <= 40 && digits.indexOf('e') < 0 && digits.indexOf('E') < 0) {
      BigDecimal decimal = new BigDecimal(digits);
      if (decimal.precision() <= 38 && decimal.scale() <= 38) {
        builder.appendDecimal(decimal);
        return;
      }
    }
    builder.appendDouble(Double.parseDouble(digits));
  }

  private static void appendArray(JsonParser parser, VariantBuilder builder, String text)
      throws IOException {
    int mark = builder.position();
    int[] positions = new int[8];
    int count = 0;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (count == positions.length) {
        positions = Arrays.copyOf(positions, 2 * count);
      }
      positions[count++] = builder.position();
      append(parser, builder, text);
    }
    builder.array(mark, positions, count);
  }

  private static void appendObject(JsonParser parser, VariantBuilder builder, String text)
      throws IOException {
    int mark = builder.position();
    List<VariantBuilder.Field> fields = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      if (!seen.add(name)) {
        throw notJson(text, "an object has two fields \"" + shown(name) + "\"", null);
      }
      fields.add(new VariantBuilder.Field(builder.name(name), builder.position()));
      parser.nextToken();
      append(parser, builder, text);
    }
    builder.object(mark, fields);
  }

  private static EngineException notJson(String text, String reason, @Nullable Throwable cause) {
    return new EngineException(
        SqlState.INVALID_JSON_TEXT, "'" + shown(text) + "' is not JSON: " + reason, cause);
  }

  private static String shown(String text) {
    return text.length() <= SHOWN_CHARACTERS ? text : text.substring(0, SHOWN_CHARACTERS) + "...";
  }
}
