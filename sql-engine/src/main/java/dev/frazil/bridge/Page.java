package dev.frazil.bridge;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.apache.iceberg.exceptions.BadRequestException;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list in the order of names. Where the next one begins is told by the last name, so
 * that what is created or dropped meanwhile shifts nothing.
 *
 * @param nextToken null on the last page
 */
record Page<T>(List<T> items, @Nullable String nextToken) {
  Page {
    // Iceberg's builders look for nulls in what they are given, which List.copyOf would refuse.
    items = Collections.unmodifiableList(new ArrayList<>(items));
  }

  /** The page that a request asks for; the whole list where it asks for none. */
  static <T> Page<T> of(List<T> all, Function<T, String> name, RestRequest request) {
    String after = request.parameter("pageToken").map(Page::decoded).orElse("");
    int size = request.parameter("pageSize").map(Page::size).orElse(Integer.MAX_VALUE);
    List<T> rest =
        all.stream()
            .sorted(Comparator.comparing(name))
            .filter(item -> after.isEmpty() || name.apply(item).compareTo(after) > 0)
            .toList();
    if (rest.size() <= size) {
      return new Page<>(rest, null);
    }
    return new Page<>(rest.subList(0, size), encoded(name.apply(rest.get(size - 1))));
  }

  private static int size(String text) {
    try {
      int size = Integer.parseInt(text);
      if (size >= 1) {
        return size;
      }
    } catch (NumberFormatException e) {
      // Refused with the others.
    }
    throw new BadRequestException("The parameter pageSize must be a positive number");
  }

  private static String encoded(String name) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(name.getBytes(StandardCharsets.UTF_8));
  }

  private static String decoded(String token) {
    try {
      return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new BadRequestException("The parameter pageToken is none of ours");
    }
  }
}
