package dev.frazil.bridge;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.iceberg.rest.Endpoint;

/**
 * An endpoint of the protocol and who answers it.
 *
 * @param segments of its path; those in braces stand for names
 * @param writes whether it changes the database
 */
record Route(
    Endpoint endpoint,
    List<String> segments,
    boolean writes,
    Function<RestRequest, RestAnswer> handler) {
  /** Where a catalog of many would name the one that is meant. */
  private static final String PREFIX = "{prefix}";

  Route {
    segments = List.copyOf(segments);
  }

  static Route reading(Endpoint endpoint, Function<RestRequest, RestAnswer> handler) {
    return new Route(endpoint, segments(endpoint), false, handler);
  }

  static Route writing(Endpoint endpoint, Function<RestRequest, RestAnswer> handler) {
    return new Route(endpoint, segments(endpoint), true, handler);
  }

  private static List<String> segments(Endpoint endpoint) {
    return split(endpoint.path()).stream().filter(part -> !part.equals(PREFIX)).toList();
  }

  /** The parts of a path that begins with a slash. */
  static List<String> split(String path) {
    return List.of(path.substring(1).split("/", -1));
  }

  /** The names in a path of this route, still encoded; empty for another path. */
  Optional<Map<String, String>> match(List<String> path) {
    if (path.size() != segments.size()) {
      return Optional.empty();
    }
    Map<String, String> variables = new HashMap<>();
    for (int i = 0; i < segments.size(); i++) {
      String expected = segments.get(i);
      if (expected.startsWith("{")) {
        variables.put(expected.substring(1, expected.length() - 1), path.get(i));
      } else if (!expected.equals(path.get(i))) {
        return Optional.empty();
      }
    }
    return Optional.of(variables);
  }
}
