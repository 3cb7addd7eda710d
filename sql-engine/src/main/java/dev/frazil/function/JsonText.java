package dev.frazil.function;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import org.jspecify.annotations.Nullable;

/** JSON to and from text; numbers keep all their digits. */
final class JsonText {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private JsonText() {}

  /** The value, or 22032. */
  static JsonNode parse(String text) {
    try {
      return read(text);
    } catch (JsonProcessingException notJson) {
      throw new EngineException(
          SqlState.INVALID_JSON_TEXT,
          "'" + FunctionErrors.shown(text) + "' is not JSON: " + reason(notJson),
          notJson);
    }
  }

  /** Without where Jackson would show the source. */
  private static String reason(JsonProcessingException notJson) {
    return notJson.getOriginalMessage().replaceAll("\\s*\\(?(start marker )?at \\[Source.*", "");
  }

  /** The value, or null if the text is not JSON. */
  static @Nullable JsonNode parseOrNull(String text) {
    try {
      return read(text);
    } catch (JsonProcessingException notJson) {
      return null;
    }
  }

  private static JsonNode read(String text) throws JsonProcessingException {
    JsonNode node = MAPPER.readTree(text);
    if (node == null || node.isMissingNode()) {
      throw new com.fasterxml.jackson.core.JsonParseException(null, "the text is empty");
    }
    return node;
  }

  static String write(JsonNode node) {
    return node.toString();
  }
}
