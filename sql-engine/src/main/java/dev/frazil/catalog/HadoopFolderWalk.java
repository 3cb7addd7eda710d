package dev.frazil.catalog;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import java.io.IOException;
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
 * namespace. Tables beside the namespaces are shown in the schema {@code main}.
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
                  tables.put(TableIdentifier.of(schema, name), metadata.toString());
                });
      } else if (namespace.length() < MAX_LEVELS) {
        Namespace inner = inner(namespace, name);
        namespaces.add(inner);
        walk(child, inner);
      }
    }
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
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
    return folders;
  }

  /** The hint, then on while a next version is there; without a usable hint the highest version. */
  private Optional<Path> newestMetadata(Path metadata) {
    String hint = hint(metadata.resolve("version-hint.text"));
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
        if (SUFFIXES.stream().anyMatch(name::endsWith) && number > highestNumber) {
          highestNumber = number;
          highest = file;
        }
      }
    } catch (IOException e) {
      throw unreadable(metadata, e);
    }
    return Optional.ofNullable(highest);
  }

  private @Nullable String hint(Path file) {
    try {
      if (!file.toRealPath().startsWith(warehouse.toRealPath())
          || Files.size(file) > MAX_HINT_BYTES) {
        return null;
      }
      String hint = Files.readString(file, StandardCharsets.UTF_8).strip();
      return hint.matches("[A-Za-z0-9._-]+") ? hint : null;
    } catch (NoSuchFileException e) {
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
