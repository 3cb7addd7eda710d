package dev.frazil.catalog;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.storage.FetchOutcome;
import dev.frazil.storage.ObjectInfo;
import dev.frazil.storage.ObjectStore;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The folder of one table, in a file system or a bucket, as a reader without a catalog finds its
 * newest metadata: by {@code metadata/version-hint.text}, which holds a version's number (Iceberg's
 * Hadoop tables) or a file's name, else by the highest number in a file's name. Thread-safe.
 */
final class TableFolder {
  /** The endings of metadata files, plain and packed, longest last. */
  private static final List<String> SUFFIXES =
      List.of(".metadata.json", ".gz.metadata.json", ".metadata.json.gz");

  private static final long MAX_HINT_BYTES = 1024;
  private static final Pattern VERSION = Pattern.compile("[0-9]{1,9}");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]+");

  private final ObjectStore store;
  private final String folder;
  private final String metadata;

  TableFolder(ObjectStore store, String folder) {
    this.store = store;
    this.folder = folder;
    this.metadata = folder + "/metadata/";
  }

  /** Whether there is a metadata file, so that a table stands here. */
  boolean holdsTable() {
    return !numbered().isEmpty();
  }

  /** The location of the newest metadata file; 08001 where there is none, or more than one. */
  String newest() {
    String hint = hint();
    Optional<String> hinted = Optional.empty();
    if (hint != null && VERSION.matcher(hint).matches()) {
      hinted = newestFrom(Integer.parseInt(hint));
    } else if (hint != null) {
      hinted = isMetadataFile(hint) ? existing(metadata + hint) : named(hint);
    }
    return hinted.orElseGet(this::highest);
  }

  static boolean isMetadataFile(String name) {
    return SUFFIXES.stream().anyMatch(name::endsWith);
  }

  /** What the hint says; null where there is none, or none that could be one. */
  private @Nullable String hint() {
    String location = metadata + "version-hint.text";
    Optional<ObjectInfo> found = store.head(location);
    if (found.isEmpty() || found.get().lengthBytes() > MAX_HINT_BYTES) {
      return null;
    }
    if (!(store.fetch(location, null, MAX_HINT_BYTES) instanceof FetchOutcome.Fetched fetched)) {
      return null;
    }
    String hint = new String(fetched.body(), StandardCharsets.UTF_8).strip();
    return NAME.matcher(hint).matches() ? hint : null;
  }

  /** A hint may be behind: from its version on while the next one is there. */
  private Optional<String> newestFrom(int hinted) {
    Optional<String> newest = Optional.empty();
    int number = hinted;
    for (Optional<String> next = named("v" + number);
        next.isPresent();
        next = named("v" + ++number)) {
      newest = next;
    }
    return newest;
  }

  private Optional<String> named(String name) {
    return SUFFIXES.stream()
        .map(suffix -> existing(metadata + name + suffix))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private Optional<String> existing(String location) {
    return store.head(location).map(ObjectInfo::location);
  }

  private String highest() {
    List<String> highest = new ArrayList<>();
    int number = -1;
    for (String location : numbered()) {
      int found = TableLocations.metadataFileNumber(location);
      if (found > number) {
        highest.clear();
        number = found;
      }
      if (found == number) {
        highest.add(location);
      }
    }
    if (highest.isEmpty()) {
      throw none();
    }
    if (highest.size() > 1) {
      // One of them is of a commit that failed, and only the table's catalog knows which.
      throw new EngineException(
          SqlState.CONNECTION_FAILURE,
          "nothing in the folder "
              + folder
              + " tells which metadata file is the newest, "
              + String.join(" or ", highest)
              + ": name one, as in jdbc:iceberg:table:"
              + highest.get(0));
    }
    return highest.get(0);
  }

  private EngineException none() {
    boolean database = store.head(TableLocations.root(folder)).isPresent();
    return new EngineException(
        SqlState.CONNECTION_FAILURE,
        database
            ? folder + " is a Frazil database, no table: open it as jdbc:iceberg:" + folder
            : "no table stands in "
                + folder
                + ": it does not exist, or holds no metadata/*.metadata.json with a number in its"
                + " name. Name the folder of one table, or its metadata file");
  }

  private List<String> numbered() {
    List<String> found = new ArrayList<>();
    Iterator<ObjectInfo> objects = store.list(metadata);
    while (objects.hasNext()) {
      String location = objects.next().location();
      String name = location.substring(location.lastIndexOf('/') + 1);
      if (location.length() == metadata.length() + name.length()
          && isMetadataFile(name)
          && !HadoopForeignWriters.isUnnamed(name)
          && TableLocations.metadataFileNumber(name) >= 0) {
        found.add(location);
      }
    }
    return found;
  }
}
