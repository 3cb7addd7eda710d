package dev.frazil.testing;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import dev.frazil.storage.RequestCounter.Kind;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads HTTP requests as requests of the S3 API, by path or by virtual host. */
final class S3RequestParser {
  private S3RequestParser() {}

  /** What the request costs. */
  static Kind kind(S3Request request) {
    return switch (request.method()) {
      case "HEAD" -> Kind.HEAD;
      case "DELETE" -> request.hasQuery("uploadId") ? Kind.MULTIPART : Kind.DELETE;
      case "POST" -> request.hasQuery("delete") ? Kind.DELETE : Kind.MULTIPART;
      case "PUT" -> {
        if (request.hasQuery("partNumber")) {
          yield Kind.MULTIPART;
        }
        yield request.isConditionalPut() ? Kind.CONDITIONAL_PUT : Kind.PUT;
      }
      default -> {
        if (request.key().isEmpty()) {
          yield Kind.LIST;
        }
        yield request.headers().containsKey("range") ? Kind.RANGE_GET : Kind.GET;
      }
    };
  }

  static S3Request parse(HttpExchange exchange, byte[] body) {
    Map<String, String> headers = new TreeMap<>();
    Headers given = exchange.getRequestHeaders();
    given.forEach(
        (name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(",", values)));
    URI uri = exchange.getRequestURI();
    String path = decode(uri.getRawPath().substring(1));
    String host = headers.getOrDefault("host", "").replaceFirst(":\\d+$", "");
    String bucket;
    String key;
    if (host.endsWith(".localhost")) {
      bucket = host.substring(0, host.length() - ".localhost".length());
      key = path;
    } else {
      int slash = path.indexOf('/');
      bucket = slash < 0 ? path : path.substring(0, slash);
      key = slash < 0 ? "" : path.substring(slash + 1);
    }
    return new S3Request(
        exchange.getRequestMethod(), bucket, key, query(uri.getRawQuery()), headers, body);
  }

  private static Map<String, String> query(@Nullable String rawQuery) {
    Map<String, String> query = new TreeMap<>();
    if (rawQuery != null && !rawQuery.isEmpty()) {
      for (String parameter : rawQuery.split("&")) {
        int equal = parameter.indexOf('=');
        query.put(
            decode(equal < 0 ? parameter : parameter.substring(0, equal)),
            equal < 0 ? "" : decode(parameter.substring(equal + 1)));
      }
    }
    return query;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
