package dev.frazil.storage;

import dev.frazil.config.ConnectionConfig;
import dev.frazil.config.ConnectionProperty;
import dev.frazil.config.Warehouse;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Decides which locations a connection may open, list, write or delete: those under the prefixes of
 * its warehouse. Metadata of a table is input, and may point anywhere; so every location passes
 * through here. Anything that is not plainly inside is refused with 58P02.
 *
 * <p>Locations are never decoded: what the guard compares is what the store opens. {@code s3},
 * {@code s3a} and {@code s3n} name the same objects; {@code file:} URIs name paths. For local
 * folders symbolic links that lead outside are refused as well; a link that is swapped between
 * check and use is out of scope (who can do that can write to the folder anyway). Thread-safe.
 */
public final class LocationGuard {
  private static final Pattern BUCKET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,254}");
  private static final Pattern ENCODED_DOT = Pattern.compile("%(25)*2[eE]");
  private static final Pattern ENCODED_SEPARATOR = Pattern.compile("%(25)*(2[fF]|5[cC])");
  private static final Pattern ENCODED_CONTROL =
      Pattern.compile("%(25)*(0[0-9a-fA-F]|1[0-9a-fA-F]|7[fF])");
  private static final int MAX_LENGTH = 4_096;

  private final List<String> prefixes;

  private LocationGuard(List<String> prefixes) {
    this.prefixes = prefixes;
  }

  /** Allows the locations of one warehouse. */
  public static LocationGuard of(Warehouse warehouse) {
    return allowing(warehouse.ownLocations());
  }

  /** Allows the locations of a connection: those of its warehouse, and others that it names. */
  public static LocationGuard of(ConnectionConfig config) {
    List<String> prefixes = new ArrayList<>(List.of(config.warehouse().location()));
    String others = config.text(ConnectionProperty.TABLE_LOCATIONS).orElse("");
    for (String prefix : others.split(",", -1)) {
      if (!prefix.isBlank()) {
        prefixes.add(prefix.strip());
      }
    }
    return allowing(prefixes);
  }

  /** Allows everything under each of the prefixes, and the prefixes themselves. */
  public static LocationGuard allowing(Collection<String> prefixes) {
    List<String> normalised = new ArrayList<>();
    for (String prefix : prefixes) {
      normalised.add(normalise(prefix));
    }
    return new LocationGuard(List.copyOf(normalised));
  }

  /**
   * The canonical form of a location inside: {@code s3://bucket/key} or an absolute path; 58P02 for
   * all others.
   */
  public String check(String location) {
    String normalised = normalise(location);
    for (String prefix : prefixes) {
      if (isUnder(normalised, prefix)) {
        checkEncodedEscape(location, normalised.substring(prefix.length()));
        if (normalised.startsWith("/")) {
          checkLinks(location, Path.of(prefix), Path.of(normalised));
        }
        return normalised;
      }
    }
    throw refused(location, "it is not under " + String.join(" or ", prefixes));
  }

  /**
   * Like {@link #check}, for the prefix of a listing, which need not end at a folder. A prefix that
   * names a whole allowed folder lists only that folder, not siblings whose names begin alike.
   */
  public String checkListing(String prefix) {
    boolean folder = prefix.endsWith("/");
    String normalised = check(prefix);
    return folder || prefixes.contains(normalised) ? normalised + "/" : normalised;
  }

  /** True if the location is allowed. */
  public boolean allows(String location) {
    try {
      check(location);
      return true;
    } catch (EngineException e) {
      if (e.state() == SqlState.LOCATION_REFUSED) {
        return false;
      }
      throw e;
    }
  }

  /**
   * The one spelling of a location: {@code s3://bucket/key} for {@code s3}, {@code s3a}, {@code
   * s3n}; a path without doubled or trailing slashes for paths and {@code file:} URIs. Two
   * locations name the same object exactly when their spellings are equal. 58P02 for locations that
   * no store of ours can hold, or that try to climb.
   */
  public static String normalise(String location) {
    if (location.isEmpty() || location.length() > MAX_LENGTH) {
      throw refused(location, "it is empty or longer than " + MAX_LENGTH + " characters");
    }
    for (int i = 0; i < location.length(); i++) {
      char c = location.charAt(i);
      if (c < 0x20 || c == 0x7f || c == '\\') {
        throw refused(location, "it holds a control character or a backslash");
      }
    }
    if (location.indexOf('%') >= 0
        && (ENCODED_DOT.matcher(location).find() || ENCODED_CONTROL.matcher(location).find())) {
      throw refused(location, "it holds an encoded dot or control character");
    }
    for (String scheme : List.of("s3://", "s3a://", "s3n://")) {
      if (location.startsWith(scheme)) {
        return normaliseS3(location, location.substring(scheme.length()));
      }
    }
    if (location.startsWith("file:")) {
      return normalisePath(location, stripFileScheme(location));
    }
    if (location.startsWith("/")) {
      return normalisePath(location, location);
    }
    throw refused(location, "only s3://bucket/key and absolute paths are supported");
  }

  private static String stripFileScheme(String location) {
    String rest = location.substring("file:".length());
    if (rest.startsWith("//") && !rest.startsWith("///")) {
      throw refused(location, "a file: location must not name a host");
    }
    return rest.startsWith("///") ? rest.substring(2) : rest;
  }

  private static String normaliseS3(String location, String rest) {
    int slash = rest.indexOf('/');
    String bucket = slash < 0 ? rest : rest.substring(0, slash);
    if (!BUCKET.matcher(bucket).matches()) {
      throw refused(location, "its bucket name is not valid");
    }
    String key = slash < 0 ? "" : rest.substring(slash + 1);
    checkSegments(location, key);
    while (key.endsWith("/")) {
      key = key.substring(0, key.length() - 1);
    }
    return key.isEmpty() ? "s3://" + bucket : "s3://" + bucket + "/" + key;
  }

  private static String normalisePath(String location, String path) {
    if (!path.startsWith("/")) {
      throw refused(location, "the path is not absolute");
    }
    checkSegments(location, path);
    try {
      return Path.of(path).toString();
    } catch (InvalidPathException e) {
      throw refused(
          location, "this JVM's locale cannot spell the path (start it with LC_ALL=C.UTF-8)");
    }
  }

  private static void checkSegments(String location, String path) {
    for (String segment : path.split("/", -1)) {
      if (segment.equals(".") || segment.equals("..")) {
        throw refused(location, "it holds a '" + segment + "' segment");
      }
    }
  }

  private static boolean isUnder(String location, String prefix) {
    return location.startsWith(prefix)
        && (location.length() == prefix.length()
            || prefix.endsWith("/")
            || location.charAt(prefix.length()) == '/');
  }

  /**
   * Encoded separators are legal (a partition value may hold a slash), and nothing of ours decodes
   * them. Still a name that would climb out if somebody did is refused.
   */
  private static void checkEncodedEscape(String location, String relative) {
    if (relative.indexOf('%') < 0) {
      return;
    }
    String decoded = ENCODED_SEPARATOR.matcher(relative).replaceAll("/");
    if (decoded.length() == relative.length()) {
      return;
    }
    int depth = 0;
    for (String segment : decoded.split("/", -1)) {
      if (segment.equals("..")) {
        depth--;
      } else if (!segment.isEmpty() && !segment.equals(".")) {
        depth++;
      }
      if (depth < 0) {
        throw refused(location, "it would climb out of the warehouse when decoded");
      }
    }
  }

  private static void checkLinks(String location, Path root, Path path) {
    try {
      Path existing = path;
      while (existing != null && !Files.exists(existing, LinkOption.NOFOLLOW_LINKS)) {
        existing = existing.getParent();
      }
      if (existing == null || !existing.startsWith(root)) {
        return; // the root itself is not there yet, so no link under it is
      }
      if (!existing.toRealPath().startsWith(root.toRealPath())) {
        throw refused(location, "a symbolic link leads outside of the warehouse");
      }
    } catch (IOException e) {
      throw refused(
          location, "its folders cannot be followed (" + e.getClass().getSimpleName() + ")");
    }
  }

  private static EngineException refused(String location, String why) {
    String shown = location.length() > 200 ? location.substring(0, 200) + "..." : location;
    StringBuilder printable = new StringBuilder();
    for (int i = 0; i < shown.length(); i++) {
      char c = shown.charAt(i);
      printable.append(c < 0x20 || c == 0x7f ? '?' : c);
    }
    return new EngineException(
        SqlState.LOCATION_REFUSED,
        String.format(
            Locale.ROOT,
            "the location '%s' is refused: %s. A connection touches only its own warehouse;"
                + " open the warehouse that holds the file, or name its folder in the property"
                + " tableLocations",
            printable,
            why));
  }
}
