package dev.frazil.testing;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.apache.iceberg.rest.RESTRequest;
import org.apache.iceberg.rest.RESTSerializers;
import org.apache.iceberg.rest.RESTUtil;
import org.apache.iceberg.rest.requests.CommitTransactionRequest;
import org.apache.iceberg.rest.requests.CreateNamespaceRequest;
import org.apache.iceberg.rest.requests.CreateTableRequest;
import org.apache.iceberg.rest.requests.CreateViewRequest;
import org.apache.iceberg.rest.requests.RegisterTableRequest;
import org.apache.iceberg.rest.requests.RenameTableRequest;
import org.apache.iceberg.rest.requests.UpdateNamespacePropertiesRequest;
import org.apache.iceberg.rest.requests.UpdateTableRequest;
import org.jspecify.annotations.Nullable;

/** The bodies of REST requests and answers, as Iceberg's own classes. */
final class RestBodies {
  static final ObjectMapper JSON = mapper();

  private RestBodies() {}

  private static ObjectMapper mapper() {
    ObjectMapper mapper = new ObjectMapper();
    mapper.setVisibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY);
    mapper.configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);
    mapper.setPropertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE);
    RESTSerializers.registerAll(mapper);
    return mapper;
  }

  static @Nullable Object parsed(String path, byte[] body) {
    if (body.length == 0) {
      return null;
    }
    try {
      if (path.endsWith("oauth/tokens")) {
        return RESTUtil.decodeFormData(new String(body, StandardCharsets.UTF_8));
      }
      return JSON.readValue(body, requestClass(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Class<? extends RESTRequest> requestClass(String path) {
    if (path.endsWith("/namespaces")) {
      return CreateNamespaceRequest.class;
    } else if (path.endsWith("/properties")) {
      return UpdateNamespacePropertiesRequest.class;
    } else if (path.endsWith("/rename")) {
      return RenameTableRequest.class;
    } else if (path.endsWith("/register")) {
      return RegisterTableRequest.class;
    } else if (path.endsWith("/transactions/commit")) {
      return CommitTransactionRequest.class;
    } else if (path.endsWith("/tables")) {
      return CreateTableRequest.class;
    } else if (path.endsWith("/views")) {
      return CreateViewRequest.class;
    }
    return UpdateTableRequest.class;
  }
}
