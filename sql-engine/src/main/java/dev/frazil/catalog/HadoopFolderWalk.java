package dev.frazil.catalog;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * One look at a Hadoop warehouse: a folder with a {@code metadata} folder is a table, any other a
 * namespace. Tables beside the namespaces are shown in the schema {@code main}, unless that has one
 * of the name.
 */
final class HadoopFolderWalk {
  private static final int MAX_LEVELS = 16;
  private static final long MAX_HINT_BYTES = 256;
  private static final List<String> SUFFIXES =
      List.of(".metadata.json", ".gz.metadata.json", ".metadata.json.gz");

  private final Path warehouse;
  private final Set<Namespace> namespaces = new HashSet<>();
  private final Map<TableIdentifier, String> tables = new HashMap<>();

  HadoopFolderWalk(Path warehouse) {
    this.warehouse = warehouse;
    walk(warehouse, Namespace.empty());
    if (namespaces.isEmpty()) {
      namespaces.add(DatabaseRoot.MAIN);
    }
  }

  Set<Namespace> namespaces() {
    return namespaces;
  }

  /** Identifiers with the locations of their newest metadata files. */
  Map<TableIdentifier, String> tables() {
    return tables;
  }

  private void walk(Path folder, Namespace namespace) {
    for (Path child : folders(folder)) {
      String name = child.getFileName().toString();
      if (name.startsWith(".")) {
        continue;
      }
      if (Files.isDirectory(child.resolve("metadata"))) {
        Namespace schema = namespace.isEmpty() ? DatabaseRoot.MAIN : namespace;
        newestMetadata(child.resolve("metadata"))
            .ifPresent(
                metadata -> {
                  namespaces.add(schema);
                  TableIdentifier identifier = TableIdentifier.of(schema, name);
                  if (namespace.isEmpty()) {
                    tables.putIfAbsent(identifier, metadata.toString());
                  } else {
                    tables.put(identifier, metadata.toString());
                  }
                });
      } else if (namespace.length() < MAX_LEVELS && !isRemnant(child)) {
        Namespace inner = inner(namespace, name);
        namespaces.add(inner);
        walk(child, inner);
      }
    }
  }

  /** What is left of a table that was never committed: a folder of data without any metadata. */
  private static boolean isRemnant(Path folder) {
    List<Path> children = folders(folder);
    return children.size() == 1
        && children.get(0).endsWith("data")
        && folders(children.get(0)).stream().noneMatch(HadoopFolderWalk::holdsTable);
  }

  private static boolean holdsTable(Path folder) {
    return Files.isDirectory(folder.resolve("metadata"))
        || folders(folder).stream().anyMatch(child -> Files.isDirectory(child.resolve("metadata")));
  }

  private static Namespace inner(Namespace namespace, String name) {
    List<String> levels = new ArrayList<>(List.of(namespace.levels()));
    levels.add(name);
    return Namespace.of(levels.toArray(new String[0]));
  }

  private static List<Path> folders(Path folder) {
    List<Path> folders = new ArrayList<>();
    try (DirectoryStream<Path> children = Files.newDirectoryStream(folder, Files::isDirectory)) {
      children.forEach(folders::add);
    } catch (NoSuchFileException e) {
      return List.of(); // dropped since its parent was listed
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
    return folders;
  }

  private Optional<Path> newestMetadata(Path metadata) {
    return newest(metadata, hint(warehouse, metadata.resolve("version-hint.text")));
  }

  /** The newest metadata file of a table. */
  static Optional<Path> newestOf(Path metadata) {
    return newest(metadata, hint(metadata, metadata.resolve("version-hint.text")));
  }

  /** The hint, then on while a next version is there; without a usable hint the highest version. */
  private static Optional<Path> newest(Path metadata, @Nullable String hint) {
    if (hint != null && !hint.matches("[0-9]{1,9}")) {
      Path named = metadata.resolve(hint + SUFFIXES.get(0));
      return Files.isRegularFile(named) ? Optional.of(named) : highest(metadata);
    }
    Optional<Path> newest =
        hint == null ? Optional.empty() : version(metadata, Integer.parseInt(hint));
    if (newest.isEmpty()) {
      return highest(metadata);
    }
    int number = Integer.parseInt(hint == null ? "0" : hint);
    for (Optional<Path> next = newest; next.isPresent(); next = version(metadata, ++number)) {
      newest = next;
    }
    return newest;
  }

  private static Optional<Path> version(Path metadata, int number) {
    return SUFFIXES.stream()
        .map(suffix -> metadata.resolve("v" + number + suffix))
        .filter(Files::isRegularFile)
        .findFirst();
  }

  private static Optional<Path> highest(Path metadata) {
    Path highest = null;
    int highestNumber = -1;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(metadata)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        int number = TableLocations.metadataFileNumber(name);
        if (SUFFIXES.stream().anyMatch(name::endsWith)
            && number > highestNumber
            && !HadoopForeignWriters.isUnnamed(name)) {
          highestNumber = number;
          highest = file;
        }
      }
    } catch (NoSuchFileException e) {
      return Optional.empty(); // dropped since it was listed
    } catch (IOException e) {
      throw unreadable(metadata, e);
    }
    return Optional.ofNullable(highest);
  }

  private static @Nullable String hint(Path within, Path file) {
    try {
      if (!file.toRealPath().startsWith(within.toRealPath()) || Files.size(file) > MAX_HINT_BYTES) {
        return null;
      }
      String hint = Files.readString(file, StandardCharsets.UTF_8).strip();
      return hint.matches("[A-Za-z0-9._-]+") ? hint : null;
    } catch (NoSuchFileException | CharacterCodingException e) {
      return null;
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static EngineException unreadable(Path path, IOException cause) {
    return new EngineException(
        SqlState.IO_ERROR, "the folder or file " + path + " cannot be read", cause);
  }
}
