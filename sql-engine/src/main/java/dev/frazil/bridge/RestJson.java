package dev.frazil.bridge;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.iceberg.exceptions.BadRequestException;
import org.apache.iceberg.rest.RESTRequest;
import org.apache.iceberg.rest.RESTResponse;
import org.apache.iceberg.rest.RESTSerializers;
import org.jspecify.annotations.Nullable;

/** The bodies of requests and answers, by Iceberg's own parsers. Thread-safe. */
final class RestJson {
  private static final int MAX_SHOWN = 300;
  private static final ObjectMapper MAPPER = mapper();

  private RestJson() {}

  private static ObjectMapper mapper() {
    ObjectMapper mapper = new ObjectMapper();
    mapper.setVisibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY);
    // Fields of later versions of the protocol; what an update or a requirement means is checked.
    mapper.configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);
    mapper.setPropertyNamingStrategy(new PropertyNamingStrategies.KebabCaseStrategy());
    RESTSerializers.registerAll(mapper);
    return mapper;
  }

  /** A request that is whole; 400 for anything else. */
  static <T extends RESTRequest> T read(byte[] body, Class<T> type) {
    T request;
    try {
      request = MAPPER.readValue(body, type);
    } catch (JsonProcessingException e) {
      throw malformed(e.getOriginalMessage());
    } catch (IOException | RuntimeException | StackOverflowError e) {
      throw malformed(e.getMessage());
    }
    if (request == null) {
      throw malformed("null");
    }
    try {
      request.validate();
    } catch (RuntimeException e) {
      throw malformed(e.getMessage());
    }
    return request;
  }

  private static BadRequestException malformed(@Nullable String why) {
    String reason = why == null ? "it is incomplete" : why.lines().findFirst().orElse("");
    return new BadRequestException(
        "The body of the request cannot be read: %s",
        reason.length() > MAX_SHOWN ? reason.substring(0, MAX_SHOWN) + "..." : reason);
  }

  static byte[] write(RESTResponse response) {
    try {
      return MAPPER.writeValueAsBytes(response);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
