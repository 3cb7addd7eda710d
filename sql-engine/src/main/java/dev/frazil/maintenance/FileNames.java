package dev.frazil.maintenance;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.storage.LocationGuard;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The spellings of one location. Stateless. */
final class FileNames {
  private static final Pattern SCHEME_AND_AUTHORITY =
      Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*:)(//[^/]*)?(.*)", Pattern.DOTALL);

  private static final Pattern SLASHES = Pattern.compile("/{2,}");
  private static final Pattern ENCODED = Pattern.compile("%([0-9A-Fa-f]{2})");

  private FileNames() {}

  /** The one spelling of a location of ours; another one's as it is. */
  static String exact(String location) {
    try {
      return LocationGuard.normalise(location);
    } catch (EngineException e) {
      if (e.state() == SqlState.LOCATION_REFUSED) {
        return location;
      }
      throw e;
    }
  }

  /**
   * The path of a location, without scheme and authority, in the plainest of its spellings. Two
   * locations with different ones are different files, whatever scheme, bucket, host, doubled
   * slashes or percent signs the writer of a table's metadata used (compare apache/iceberg #4346,
   * #4652, #5385).
   */
  static String path(String location) {
    Matcher parts = SCHEME_AND_AUTHORITY.matcher(location);
    String path = parts.matches() ? parts.group(3) : location;
    for (int i = 0; i < 3 && path.indexOf('%') >= 0; i++) {
      path = decoded(path);
    }
    String plain = SLASHES.matcher(path.startsWith("/") ? path : "/" + path).replaceAll("/");
    return plain.length() > 1 && plain.endsWith("/")
        ? plain.substring(0, plain.length() - 1)
        : plain;
  }

  private static String decoded(String path) {
    return ENCODED
        .matcher(path)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    String.valueOf((char) Integer.parseInt(found.group(1), 16))));
  }

  /** Whether a location lies in a folder, or is it. */
  static boolean isWithin(String location, String folder) {
    String exact = exact(location);
    String prefix = exact(folder);
    return exact.equals(prefix) || exact.startsWith(prefix.endsWith("/") ? prefix : prefix + "/");
  }
}
