package dev.frazil.testing;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the S3 test server answers. */
record S3Answer(int status, Map<String, String> headers, byte[] body) {

  static S3Answer empty(int status) {
    return new S3Answer(status, Map.of(), new byte[0]);
  }

  static S3Answer xml(int status, String text) {
    return new S3Answer(
        status,
        Map.of("Content-Type", "application/xml"),
        ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + text).getBytes(StandardCharsets.UTF_8));
  }

  static S3Answer error(int status, String code, String message) {
    return xml(
        status,
        "<Error><Code>" + code + "</Code><Message>" + escape(message) + "</Message></Error>");
  }

  static S3Answer conflict() {
    return error(409, "ConditionalRequestConflict", "another request is under way");
  }

  S3Answer with(String header, String value) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put(header, value);
    return new S3Answer(status, all, body);
  }

  void sendTo(HttpExchange exchange) throws IOException {
    headers.forEach(exchange.getResponseHeaders()::set);
    boolean head = exchange.getRequestMethod().equals("HEAD");
    if (head) {
      exchange.getResponseHeaders().set("Content-Length", String.valueOf(body.length));
    }
    boolean bodiless = head || body.length == 0 || status == 304;
    exchange.sendResponseHeaders(status, bodiless ? -1 : body.length);
    if (!bodiless) {
      exchange.getResponseBody().write(body);
    }
  }

  /** Announces the whole body and sends the first half of it. */
  void sendHalfTo(HttpExchange exchange) throws IOException {
    headers.forEach(exchange.getResponseHeaders()::set);
    exchange.sendResponseHeaders(status, Math.max(2, body.length));
    exchange.getResponseBody().write(body, 0, body.length / 2);
    exchange.getResponseBody().flush();
  }

  static String escape(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        default -> out.append(c);
      }
    }
    return out.toString();
  }
}
