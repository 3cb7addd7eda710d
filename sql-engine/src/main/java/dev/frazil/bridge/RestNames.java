package dev.frazil.bridge;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.BadRequestException;
import org.jspecify.annotations.Nullable;

/**
 * Names as a URL carries them. A name is a key of the root and never part of a path, so nothing can
 * climb with it; those that no statement could spell are refused all the same (400).
 */
final class RestNames {
  private static final int MAX_LENGTH = 1_024;
  private static final int MAX_LEVELS = 32;
  private static final char SEPARATOR = '\u001f';

  private RestNames() {}

  /** A namespace as a path or a parameter names it: its levels with %1F between them. */
  static Namespace namespace(String encoded) {
    return levels(decoded(encoded));
  }

  /** A namespace whose levels stand with the unit separator between them. */
  static Namespace levels(String joined) {
    return checked(Namespace.of(joined.split(String.valueOf(SEPARATOR), -1)));
  }

  static Namespace checked(Namespace namespace) {
    if (namespace.isEmpty() || namespace.length() > MAX_LEVELS) {
      throw new BadRequestException("A namespace needs a name, of at most %s levels", MAX_LEVELS);
    }
    for (String level : namespace.levels()) {
      check(level);
    }
    return namespace;
  }

  static TableIdentifier identifier(Namespace namespace, String name) {
    check(name);
    return TableIdentifier.of(checked(namespace), name);
  }

  static TableIdentifier checked(TableIdentifier identifier) {
    checked(identifier.namespace());
    check(identifier.name());
    return identifier;
  }

  private static void check(String name) {
    if (name.isEmpty() || name.length() > MAX_LENGTH) {
      throw new BadRequestException(
          "A name needs at least one character, and at most %s", MAX_LENGTH);
    }
    if (name.chars().anyMatch(c -> c < 0x20 || c == 0x7f)) {
      throw new BadRequestException("A name may not hold control characters");
    }
  }

  static String decoded(String encoded) {
    try {
      return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new BadRequestException("The URL is not encoded as it should be");
    }
  }

  /** The parameters of a query; one that is given twice is refused. */
  static Map<String, String> query(@Nullable String rawQuery) {
    Map<String, String> parameters = new LinkedHashMap<>();
    if (rawQuery == null || rawQuery.isEmpty()) {
      return parameters;
    }
    for (String pair : rawQuery.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
      if (parameters.put(name, value) != null) {
        throw new BadRequestException("A parameter of the URL is given twice");
      }
    }
    return parameters;
  }
}
